#include "sample/catalog/lineage.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"
#include "sample/sql/system/lineagetable.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QJsonObject tableInfo(const QString &fullName)
{
    return {{u"catalog_name"_s, fullName.section(u'.', 0, 0)},
            {u"schema_name"_s, fullName.section(u'.', 1, 1)},
            {u"name"_s, fullName.section(u'.', 2)},
            {u"table_type"_s, u"TABLE"_s}};
}

/// A neighbour: its table, if it is one, and what it was read or written with.
QJsonObject neighbour(const LineageEvent &event, const QString &table)
{
    static const QHash<QString, QString> infos{{u"JOB"_s, u"jobInfos"_s},
                                               {u"NOTEBOOK"_s, u"notebookInfos"_s},
                                               {u"PIPELINE"_s, u"pipelineInfos"_s},
                                               {u"DBSQL_QUERY"_s, u"queryInfos"_s}};
    QJsonObject one{{infos.value(event.entity), QJsonArray{QJsonObject{{u"workspace_id"_s, 1}}}}};
    if (!table.isEmpty())
        one.insert(u"tableInfo"_s, tableInfo(table));
    return one;
}

Http::Reply tableLineage(const ApiRequest &ask)
{
    const QString table = requiredText(ask.query, u"table_name"_s).toLower();
    QJsonArray upstreams;
    QJsonArray downstreams;
    const QList<LineageEvent> events = lineageEvents();
    for (const LineageEvent &event : events) {
        if (event.target == table)
            upstreams.append(neighbour(event, event.source));
        if (event.source == table)
            downstreams.append(neighbour(event, event.target));
    }
    return answer({{u"upstreams"_s, upstreams}, {u"downstreams"_s, downstreams}});
}

} // namespace

QList<Route> lineageRoutes()
{
    return {{"GET", u"/api/2.0/lineage-tracking/table-lineage"_s, &tableLineage}};
}

} // namespace Sample
