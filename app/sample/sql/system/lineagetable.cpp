#include "sample/sql/system/lineagetable.h"

#include "sample/admin/identity.h"
#include "sample/files/workspacetree.h"
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
    const QString overview = dashboardId(u"/Shared/reports/Sales overview.lvdash.json"_s);
    const QString wei = u"wei.zhang@example.com"_s;
    const QString platform = u"svc-dataplatform@example.com"_s;
    const QString rachel = u"rachel.goldberg@example.com"_s;
    const QString maria = u"maria.santos@example.com"_s;
    const QString landing = u"/Volumes/main/default/landing"_s;
    const QString views = u"main.default.page_views"_s;
    const QString targets = u"main.default.sales_targets"_s;
    const QString orders = u"samples.tpch.orders"_s;
    const QString monthEnd = u"finance.reporting.month_end"_s;
    const QString live = u"8f2050d1-ed6b-05e2-f6c8-09da79ef7437"_s;      // web_clickstream_live
    const QString medallion = u"b58728d0-1c7e-9336-acd4-ee61227a6fab"_s; // orders_medallion
    const QString crm = u"cc12bd78-eac3-50f8-c888-057e54da79fd"_s;       // crm_cdc_bronze
    const QString telemetry = u"0d9d6098-0f6a-6760-3a20-552b0dae07c9"_s; // iot_telemetry
    const QString checks = u"69cebad9-93a4-3397-6974-279163d41a5c"_s;    // finance_ledger_100%_checks
    const QString fares = u"3f0c9d51-7be4-4d0a-8c62-19a5e7b0d2c8"_s;     // Fares by hour of the day
    const QString costs = u"c1d7e6a2-90b3-4f58-8a1e-77d2b5c4f093"_s;     // Costs of the warehouses
    return {{u"JOB"_s, sessions, running, wei, {}, landing, views},
            {u"NOTEBOOK"_s, marts, {}, platform, orders, {}, targets},
            {u"NOTEBOOK"_s, marts, {}, platform, u"samples.tpch.nation"_s, {}, targets},
            {u"PIPELINE"_s, checks, {}, rachel, targets, {}, monthEnd},
            {u"PIPELINE"_s, live, {}, wei, views, {}, {}},
            {u"JOB"_s, sessions, running, wei, {}, landing, views},
            {u"PIPELINE"_s, checks, {}, rachel, u"finance.ledger.postings"_s, {}, monthEnd},
            {u"DASHBOARD_V3"_s, overview, {}, maria, targets, {}, {}},
            {u"DASHBOARD_V3"_s, overview, {}, maria, orders, {}, {}},
            {u"PIPELINE"_s, medallion, {}, platform, orders, {}, {}},
            {u"PIPELINE"_s, crm, {}, platform, u"samples.tpch.customer"_s, {}, {}},
            {u"PIPELINE"_s, telemetry, {}, u"samuel.adeyemi@example.com"_s, u"logistics.shipments.stops"_s, {}, {}},
            {u"DBSQL_QUERY"_s, fares, {}, maria, u"samples.nyctaxi.trips"_s, {}, {}},
            {u"DBSQL_QUERY"_s, costs, {}, u"olivia.carter@example.com"_s, u"system.billing.usage"_s, {}, {}}};
}

QList<ColumnLineage> columnLineage()
{
    const QString targets = u"main.default.sales_targets."_s;
    const QString postings = u"finance.ledger.postings."_s;
    const QString monthEnd = u"finance.reporting.month_end."_s;
    return {{u"samples.tpch.nation.n_name"_s, targets + u"region"_s},
            {u"samples.tpch.orders.o_totalprice"_s, targets + u"target"_s},
            {postings + u"account_id"_s, monthEnd + u"account_id"_s},
            {postings + u"posted_on"_s, monthEnd + u"month_end"_s},
            {postings + u"amount"_s, monthEnd + u"balance"_s}};
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
