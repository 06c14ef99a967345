#include "sample/catalog/lineage.h"

#include "sample/admin/identity.h"
#include "sample/catalog/catalogdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"
#include "sample/sql/system/lineagetable.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString typeOf(const CatalogData &data, const QString &table)
{
    const QString type = data.tables.value(table).value("table_type"_L1).toString();
    return type == "VIEW"_L1 ? type : u"TABLE"_s;
}

QJsonObject tableInfo(const CatalogData &data, const QString &fullName)
{
    return {{u"catalog_name"_s, fullName.section(u'.', 0, 0)},
            {u"schema_name"_s, fullName.section(u'.', 1, 1)},
            {u"name"_s, fullName.section(u'.', 2)},
            {u"table_type"_s, typeOf(data, fullName)}};
}

/// How the API names those who read and write: the array, and the id in it.
struct EntityNames
{
    QString infos;
    QString id;
    bool isNumber = false;
};

/// A neighbour: its table, if it is one, and what it was read or written with.
QJsonObject neighbour(const CatalogData &data, const LineageEvent &event, const QString &table)
{
    static const QHash<QString, EntityNames> all{{u"JOB"_s, {u"jobInfos"_s, u"job_id"_s, true}},
                                                 {u"NOTEBOOK"_s, {u"notebookInfos"_s, u"notebook_id"_s, true}},
                                                 {u"PIPELINE"_s, {u"pipelineInfos"_s, u"pipeline_id"_s}},
                                                 {u"DASHBOARD_V3"_s, {u"dashboardV3Infos"_s, u"dashboardV3_id"_s}},
                                                 {u"DBSQL_QUERY"_s, {u"queryInfos"_s, u"query_id"_s}}};
    const EntityNames names = all.value(event.entity);
    const QJsonValue id = names.isNumber ? QJsonValue(event.id.toLongLong()) : QJsonValue(event.id);
    const QJsonObject entity{{u"workspace_id"_s, QString(WorkspaceId).toLongLong()}, {names.id, id}};
    QJsonObject one{{names.infos, QJsonArray{entity}}};
    if (!table.isEmpty())
        one.insert(u"tableInfo"_s, tableInfo(data, table));
    return one;
}

Http::Reply tableLineage(const CatalogData &data, const ApiRequest &ask)
{
    const QString table = requiredText(ask.query, u"table_name"_s).toLower();
    QJsonArray upstreams;
    QJsonArray downstreams;
    const QList<LineageEvent> events = lineageEvents();
    for (const LineageEvent &event : events) {
        if (event.target == table)
            upstreams.append(neighbour(data, event, event.source));
        if (event.source == table)
            downstreams.append(neighbour(data, event, event.target));
    }
    QJsonObject found;
    if (!upstreams.isEmpty())
        found.insert(u"upstreams"_s, upstreams);
    if (!downstreams.isEmpty())
        found.insert(u"downstreams"_s, downstreams);
    return answer(found);
}

QJsonObject columnInfo(const CatalogData &data, const QString &fullName)
{
    QJsonObject info = tableInfo(data, fullName.section(u'.', 0, 2));
    info.insert(u"table_name"_s, info.take(u"name"_s));
    info.insert(u"name"_s, fullName.section(u'.', 3));
    return info;
}

Http::Reply columns(const CatalogData &data, const ApiRequest &ask)
{
    const QString name = requiredText(ask.query, u"table_name"_s) + u'.' + requiredText(ask.query, u"column_name"_s);
    QJsonArray upstream;
    QJsonArray downstream;
    const QList<ColumnLineage> edges = columnLineage();
    for (const ColumnLineage &edge : edges) {
        if (edge.target == name)
            upstream.append(columnInfo(data, edge.source));
        if (edge.source == name)
            downstream.append(columnInfo(data, edge.target));
    }
    QJsonObject found;
    if (!upstream.isEmpty())
        found.insert(u"upstream_cols"_s, upstream);
    if (!downstream.isEmpty())
        found.insert(u"downstream_cols"_s, downstream);
    return answer(found);
}

} // namespace

QList<Route> lineageRoutes(const CatalogData &data)
{
    const QString base = u"/api/2.0/lineage-tracking/"_s;
    return {
        {"GET", base + u"table-lineage"_s, [&data](const ApiRequest &ask) { return tableLineage(data, ask); }},
        {"GET", base + u"column-lineage"_s, [&data](const ApiRequest &ask) { return columns(data, ask); }},
    };
}

} // namespace Sample
