#include "sample/sql/system/lineagetable.h"

#include "sample/admin/identity.h"
#include "sample/server/builtin.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QVariant textOrNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

} // namespace

QList<LineageEvent> lineageEvents()
{
    const QString sessions = u"995041129434629"_s; // clickstream_sessions
    const QString running = u"966619774998561"_s;
    const QString marts = QString::number(stableId(u"/Production/marts/sales"_s));
    const QString checks = u"69cebad9-93a4-3397-6974-279163d41a5c"_s; // finance_ledger_100%_checks
    const QString query = stableUuid(u"views of a page"_s);
    const QString wei = u"wei.zhang@example.com"_s;
    const QString platform = u"svc-dataplatform@example.com"_s;
    const QString rachel = u"rachel.goldberg@example.com"_s;
    const QString landing = u"/Volumes/main/default/landing"_s;
    const QString views = u"main.default.page_views"_s;
    const QString targets = u"main.default.sales_targets"_s;
    const QString monthEnd = u"finance.reporting.month_end"_s;
    return {{u"JOB"_s, sessions, running, wei, {}, landing, views},
            {u"NOTEBOOK"_s, marts, {}, platform, u"samples.tpch.orders"_s, {}, targets},
            {u"NOTEBOOK"_s, marts, {}, platform, u"samples.tpch.nation"_s, {}, targets},
            {u"PIPELINE"_s, checks, {}, rachel, targets, {}, monthEnd},
            {u"DBSQL_QUERY"_s, query, {}, u"li.wei@example.com"_s, views, {}, {}},
            {u"JOB"_s, sessions, running, wei, {}, landing, views},
            {u"PIPELINE"_s, checks, {}, rachel, u"finance.ledger.postings"_s, {}, monthEnd}};
}

SampleTable lineageTable()
{
    return {u"system"_s,
            u"access"_s,
            u"table_lineage"_s,
            u"Which tables were made from which."_s,
            u"System user"_s,
            {{u"event_time"_s, u"timestamp"_s},
             {u"event_date"_s, u"date"_s},
             {u"entity_type"_s, u"string"_s, u"JOB, NOTEBOOK, PIPELINE, DBSQL_QUERY, ..."_s},
             {u"source_table_full_name"_s, u"string"_s},
             {u"source_path"_s, u"string"_s},
             {u"target_table_full_name"_s, u"string"_s},
             {u"target_path"_s, u"string"_s},
             {u"entity_id"_s, u"string"_s, u"Of the job, notebook, pipeline or query"_s},
             {u"entity_run_id"_s, u"string"_s},
             {u"created_by"_s, u"string"_s},
             {u"workspace_id"_s, u"string"_s},
             {u"source_type"_s, u"string"_s, u"TABLE, PATH, VIEW, ..."_s},
             {u"target_type"_s, u"string"_s}}};
}

QList<QVariantList> lineageRows()
{
    QList<QVariantList> rows;
    for (const LineageEvent &event : lineageEvents()) {
        const QDateTime when = QDateTime::currentDateTimeUtc().addDays(-1 - rows.size());
        const QString source = event.path.isEmpty() ? u"TABLE"_s : u"PATH"_s;
        rows.append({when.toString(u"yyyy-MM-dd HH:mm:ss"_s), when.toString(u"yyyy-MM-dd"_s), event.entity,
                     textOrNull(event.source), textOrNull(event.path), textOrNull(event.target), QVariant(), event.id,
                     textOrNull(event.run), event.user, QString(WorkspaceId), source,
                     event.target.isEmpty() ? QVariant() : QVariant(u"TABLE"_s)});
    }
    return rows;
}

} // namespace Sample
