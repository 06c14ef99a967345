#include "tools/host/catalogue.h"
#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/toolbench.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Effect;

namespace {

const QString Running = u"8f3b2c1d90e47a65"_s;
const QString Dashboards = u"/api/2.0/lakeview/dashboards"_s;

const QJsonObject Saved{{u"id"_s, u"q1"_s},
                        {u"display_name"_s, u"Fares by hour"_s},
                        {u"owner_user_name"_s, u"ada@example.com"_s},
                        {u"query_text"_s, u"SELECT 1\nFROM range(3)"_s},
                        {u"warehouse_id"_s, Running},
                        {u"update_time"_s, u"2026-10-19T14:30:00Z"_s},
                        {u"lifecycle_state"_s, u"ACTIVE"_s}};

QJsonObject dashboard()
{
    const QJsonObject dataset{{u"name"_s, u"d1"_s},
                              {u"displayName"_s, u"orders"_s},
                              {u"queryLines"_s, QJsonArray{u"SELECT count(*) "_s, u"FROM main.default.orders"_s}}};
    const QJsonObject page{{u"name"_s, u"p1"_s}, {u"displayName"_s, u"Overview"_s}, {u"layout"_s, QJsonArray{1, 2}}};
    const QJsonObject definition{{u"datasets"_s, QJsonArray{dataset}}, {u"pages"_s, QJsonArray{page}}};
    return {{u"dashboard_id"_s, u"d0"_s},
            {u"display_name"_s, u"Sales overview"_s},
            {u"path"_s, u"/Shared/Sales overview.lvdash.json"_s},
            {u"lifecycle_state"_s, u"ACTIVE"_s},
            {u"warehouse_id"_s, Running},
            {u"update_time"_s, u"2026-10-19T14:30:00Z"_s},
            {u"serialized_dashboard"_s, QString::fromUtf8(QJsonDocument(definition).toJson(QJsonDocument::Compact))}};
}

} // namespace

/// Queries in detail, saved queries, alerts, dashboards, and what was used.
class TestReportTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void queryTellsItsMetricsAndWhyItWasSlow();
    void queryThatIsNotInTheHistoryIsSaid();
    void explainsWithoutRunning();
    void explainComparesWithALimit();
    void explainsOnlyWhatReads_data();
    void explainsOnlyWhatReads();
    void savedQueriesAreListedWithoutTheTrash();
    void savedQueryIsShownWhole();
    void alertShowsConditionAndSchedule();
    void dashboardsAreListed();
    void dashboardShowsItsDatasets();
    void dashboardShowsWhatIsPublished();
    void dashboardIsCreatedFromJson();
    void dashboardTakesTheWarehouseOfQueries();
    void publishingGivesADraftAWarehouse();
    void nameThatExistsHasNoOverwrite();
    void dashboardOfBrokenJsonIsNotSent();
    void publishingWithCredentialsGrants();
    void costsAreSummed();
    void costsFollowTheirGroupAndDays();
    void costsSayThatTheyAreOff();
    void costsByEveryGroupAreOneReadingStatement_data();
    void costsByEveryGroupAreOneReadingStatement();

private:
    void answer(const QString &path, const QJsonObject &json, const QString &method = u"GET"_s)
    {
        bench->fault({{u"path"_s, path}, {u"method"_s, method}, {u"fault"_s, u"answer"_s}, {u"json"_s, json}});
    }

    std::unique_ptr<ToolBench> bench;
};

void TestReportTools::queryTellsItsMetricsAndWhyItWasSlow()
{
    const QJsonObject metrics{{u"read_bytes"_s, qint64(5'000'000'000)},
                              {u"spill_to_disk_bytes"_s, qint64(3'221'225'472)},
                              {u"read_files_count"_s, 4000},
                              {u"pruned_files_count"_s, 3},
                              {u"execution_time_ms"_s, 81'000}};
    const QJsonObject query{{u"query_id"_s, u"01f0"_s},
                            {u"status"_s, u"FINISHED"_s},
                            {u"query_text"_s, u"SELECT *\nFROM big"_s},
                            {u"user_name"_s, u"ada@example.com"_s},
                            {u"duration"_s, 82'000},
                            {u"query_start_time_ms"_s, qint64(1'795'190'400'000)},
                            {u"metrics"_s, metrics}};
    answer(u"/api/2.0/sql/history/queries"_s, {{u"res"_s, QJsonArray{query}}});
    const Mcp::ToolResult result = bench->call(u"get_query"_s, {{u"statement_id"_s, u"01f0"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("read_bytes"_L1).toInteger(), 5'000'000'000);
    QCOMPARE(facts.value("started"_L1).toString(), u"2026-11-20 16:00:00 UTC"_s);
    QVERIFY(facts.value("findings"_L1).toString().contains("spilled 3.0 GiB"_L1));
    QVERIFY(facts.value("findings"_L1).toString().contains("4000 read, 3 pruned"_L1));
    QVERIFY2(result.text().contains("spilled 3.0 GiB"_L1) && result.text().contains("SELECT *\nFROM big"_L1),
             qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/sql/history/queries?include_metrics=true&max_results=1&"
                                            "filter_by.statement_ids=01f0"_s});
}

void TestReportTools::queryThatIsNotInTheHistoryIsSaid()
{
    const Mcp::ToolResult result = bench->call(u"get_query"_s, {{u"statement_id"_s, u"nowhere"_s}});
    QVERIFY2(result.isError() && result.text().contains("no statement nowhere"_L1), qPrintable(result.text()));
    answer(u"/api/2.0/sql/history/queries"_s,
           {{u"res"_s, QJsonArray{QJsonObject{{u"query_id"_s, u"01f1"_s}, {u"status"_s, u"FAILED"_s}}}}});
    const Mcp::ToolResult bare = bench->call(u"get_query"_s, {{u"statement_id"_s, u"01f1"_s}});
    QVERIFY2(bare.text().contains("No metrics"_L1), qPrintable(bare.text()));
}

void TestReportTools::explainsWithoutRunning()
{
    const Mcp::ToolResult result = bench->call(
        u"explain_sql"_s, {{u"statement"_s, u"SELECT * FROM main.default.page_views"_s}, {u"warehouse_id"_s, Running}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    // 5 columns of the sample's page_views, 1.5 KiB each.
    QCOMPARE(result.structuredContent().value("estimated_bytes"_L1).toDouble(), 7680.0);
    QVERIFY2(result.text().contains("about 7.5 KiB"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().first().contains("\"statement\":\"EXPLAIN COST SELECT"_L1));
}

void TestReportTools::explainComparesWithALimit()
{
    QJsonObject arguments{{u"statement"_s, u"SELECT * FROM main.default.page_views a, main.default.page_views b"_s},
                          {u"warehouse_id"_s, Running},
                          {u"max_gib"_s, 1}};
    QCOMPARE(bench->call(u"explain_sql"_s, arguments).structuredContent().value("within_limit"_L1), QJsonValue(true));
    arguments.insert(u"max_gib"_s, 0.000001);
    const Mcp::ToolResult over = bench->call(u"explain_sql"_s, arguments);
    QCOMPARE(over.structuredContent().value("within_limit"_L1), QJsonValue(false));
    QVERIFY2(over.text().contains("more than the limit"_L1), qPrintable(over.text()));
    QVERIFY2(over.text().contains("every row with every row"_L1), qPrintable(over.text()));
}

void TestReportTools::explainsOnlyWhatReads_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("a change") << u"DROP TABLE main.default.page_views"_s;
    QTest::newRow("a second statement") << u"SELECT 1; DROP TABLE main.default.page_views"_s;
    QTest::newRow("an unknown function") << u"SELECT main.default.wipe()"_s;
}

void TestReportTools::explainsOnlyWhatReads()
{
    QFETCH(QString, statement);
    const Mcp::ToolResult result =
        bench->call(u"explain_sql"_s, {{u"statement"_s, statement}, {u"warehouse_id"_s, Running}});
    QVERIFY2(result.isError() && result.text().contains("known to read"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestReportTools::savedQueriesAreListedWithoutTheTrash()
{
    QJsonObject trashed = Saved;
    trashed.insert(u"lifecycle_state"_s, u"TRASHED"_s);
    answer(u"/api/2.0/sql/queries"_s, {{u"results"_s, QJsonArray{Saved, trashed}}});
    const Mcp::ToolResult result = bench->call(u"list_saved_queries"_s, {{u"name_contains"_s, u"fares"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 1);
    QCOMPARE(result.structuredContent().value("queries"_L1)[0]["query_text"_L1].toString(),
             u"SELECT 1 FROM range(3)"_s);
}

void TestReportTools::savedQueryIsShownWhole()
{
    answer(u"/api/2.0/sql/queries/q1"_s, Saved);
    const Mcp::ToolResult result = bench->call(u"get_saved_query"_s, {{u"query_id"_s, u"q1"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("query_text"_L1).toString(), u"SELECT 1\nFROM range(3)"_s);
    QCOMPARE(result.structuredContent().value("updated"_L1).toString(), u"2026-10-19 14:30:00 UTC"_s);
    QVERIFY(result.text().contains("SELECT 1\nFROM range(3)"_L1));
}

void TestReportTools::alertShowsConditionAndSchedule()
{
    const QJsonObject evaluation{{u"source"_s, QJsonObject{{u"name"_s, u"late"_s}}},
                                 {u"comparison_operator"_s, u"GREATER_THAN"_s},
                                 {u"state"_s, u"TRIGGERED"_s}};
    answer(u"/api/2.0/alerts/a1"_s,
           {{u"id"_s, u"a1"_s},
            {u"display_name"_s, u"Late shipments"_s},
            {u"query_text"_s, u"SELECT count(*) AS late FROM x"_s},
            {u"evaluation"_s, evaluation},
            {u"schedule"_s, QJsonObject{{u"quartz_cron_schedule"_s, u"0 0 7 * * ?"_s}, {u"timezone_id"_s, u"UTC"_s}}}});
    const Mcp::ToolResult result = bench->call(u"get_alert"_s, {{u"alert_id"_s, u"a1"_s}});
    QVERIFY2(result.text().startsWith("Alert Late shipments is TRIGGERED."_L1), qPrintable(result.text()));
    QVERIFY(result.text().contains("GREATER_THAN"_L1) && result.text().contains("0 0 7 * * ?"_L1));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"TRIGGERED"_s);
    QVERIFY2(result.text().contains("schedule: every day at 07:00 (UTC)"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("tells: nobody"_L1), qPrintable(result.text()));
    const Mcp::ToolResult told =
        bench->call(u"get_alert"_s, {{u"alert_id"_s, u"6f1d8a2e-0c4b-4a7e-9b1e-000000000001"_s}});
    QVERIFY2(told.text().contains("tells: maria.lindqvist@example.com"_L1), qPrintable(told.text()));
}

void TestReportTools::dashboardsAreListed()
{
    answer(Dashboards, {{u"dashboards"_s, QJsonArray{dashboard()}}});
    const Mcp::ToolResult result = bench->call(u"list_dashboards"_s);
    QVERIFY2(result.text().contains("Sales overview"_L1), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("dashboards"_L1)[0]["dashboard_id"_L1].toString(), u"d0"_s);
    QCOMPARE(bench->requests(), QStringList{"GET "_L1 + Dashboards + "?page_size=100"_L1});
}

void TestReportTools::dashboardShowsItsDatasets()
{
    answer(Dashboards + u"/d0"_s, dashboard());
    const Mcp::ToolResult brief = bench->call(u"get_dashboard"_s, {{u"dashboard_id"_s, u"d0"_s}});
    QVERIFY2(brief.text().contains("orders: SELECT count(*) FROM main.default.orders"_L1), qPrintable(brief.text()));
    QVERIFY2(brief.text().contains("Overview (2 widgets)"_L1), qPrintable(brief.text()));
    QVERIFY(!brief.structuredContent().contains("definition"_L1));
    answer(Dashboards + u"/d0"_s, dashboard());
    const Mcp::ToolResult whole =
        bench->call(u"get_dashboard"_s, {{u"dashboard_id"_s, u"d0"_s}, {u"definition"_s, true}});
    QCOMPARE(whole.structuredContent().value("definition"_L1), dashboard().value("serialized_dashboard"_L1));
}

void TestReportTools::dashboardShowsWhatIsPublished()
{
    answer(Dashboards + u"/d0"_s, dashboard());
    const Mcp::ToolResult draft = bench->call(u"get_dashboard"_s, {{u"dashboard_id"_s, u"d0"_s}});
    QVERIFY2(draft.text().contains("\npublished: no"_L1) && draft.text().contains("\nwarehouse_id: "_L1 + Running),
             qPrintable(draft.text()));
    bench->control("DELETE", u"/sample/faults"_s);
    const Mcp::ToolResult all = bench->call(u"list_dashboards"_s);
    QVERIFY2(!all.text().contains("path"_L1), qPrintable(all.text()));
    const QJsonValue id = all.structuredContent().value("dashboards"_L1)[0]["dashboard_id"_L1];
    const Mcp::ToolResult shown = bench->call(u"get_dashboard"_s, {{u"dashboard_id"_s, id}});
    QVERIFY2(draft.text().contains("/dashboardsv3/d0\n"_L1), qPrintable(draft.text()));
    const QString page = u"/dashboardsv3/%1/published"_s.arg(id.toString());
    QVERIFY2(shown.structuredContent().value("page_url"_L1).toString().endsWith(page), qPrintable(shown.text()));
    QVERIFY2(shown.text().contains("embed_credentials: true"_L1) &&
                 shown.text().contains("with the publisher's rights"_L1) && shown.text().contains(" UTC"_L1),
             qPrintable(shown.text()));
}

void TestReportTools::dashboardIsCreatedFromJson()
{
    answer(Dashboards, dashboard(), u"POST"_s);
    const Mcp::ToolResult result =
        bench->call(u"create_dashboard"_s, {{u"display_name"_s, u"Sales overview"_s},
                                            {u"definition"_s, dashboard().value("serialized_dashboard"_L1)},
                                            {u"parent_path"_s, u"/Shared"_s}});
    QVERIFY2(!result.isError() && result.text().contains("(d0) was created"_L1), qPrintable(result.text()));
    const QString request = bench->requests().last();
    QVERIFY2(request.contains("\"parent_path\":\"/Shared\""_L1) && request.contains("\"serialized_dashboard\":\"{"_L1),
             qPrintable(request));
}

void TestReportTools::dashboardTakesTheWarehouseOfQueries()
{
    const Mcp::ToolResult result =
        bench->call(u"create_dashboard"_s, {{u"display_name"_s, u"Fresh"_s}, {u"definition"_s, u"{\"pages\":[]}"_s}});
    QVERIFY2(result.text().contains("because it is "_L1), qPrintable(result.text()));
    const QString warehouse = result.structuredContent().value("warehouse_id"_L1).toString();
    QVERIFY(!warehouse.isEmpty());
    QVERIFY(bench->requests().last().contains(u"\"warehouse_id\":\"%1\""_s.arg(warehouse)));
    const QJsonValue id = result.structuredContent().value("dashboard_id"_L1);
    const Mcp::ToolResult published = bench->call(u"publish_dashboard"_s, {{u"dashboard_id"_s, id}});
    QCOMPARE(published.structuredContent().value("warehouse_id"_L1).toString(), warehouse);
}

void TestReportTools::publishingGivesADraftAWarehouse()
{
    const QJsonObject bare{{u"display_name"_s, u"Bare"_s}};
    const QJsonValue id = bench->control("POST", Dashboards, bare).value("dashboard_id"_L1);
    const Mcp::ToolResult published = bench->call(u"publish_dashboard"_s, {{u"dashboard_id"_s, id}});
    QVERIFY2(!published.isError(), qPrintable(published.text()));
    QVERIFY2(!published.structuredContent().value("warehouse_id"_L1).toString().isEmpty(),
             qPrintable(published.text()));
}

void TestReportTools::nameThatExistsHasNoOverwrite()
{
    const QJsonObject fresh{{u"display_name"_s, u"Fresh"_s}, {u"definition"_s, u"{\"pages\":[]}"_s}};
    QVERIFY(!bench->call(u"create_dashboard"_s, fresh).isError());
    const Mcp::ToolResult again = bench->call(u"create_dashboard"_s, fresh);
    QVERIFY2(again.isError() && again.text().contains("choose another name."_L1), qPrintable(again.text()));
    QVERIFY2(!again.text().contains("overwrite"_L1), qPrintable(again.text()));
}

void TestReportTools::dashboardOfBrokenJsonIsNotSent()
{
    const Mcp::ToolResult result =
        bench->call(u"create_dashboard"_s, {{u"display_name"_s, u"x"_s}, {u"definition"_s, u"{\"pages\":["_s}});
    QVERIFY2(result.isError() && result.text().contains("not a JSON object"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestReportTools::publishingWithCredentialsGrants()
{
    const Tools::Tool *publish = Tools::findTool(u"publish_dashboard"_s, Tools::resolveToolsets({u"all"_s}));
    QCOMPARE(bench->effectsOf(*publish, {}), Calls::Effects(Effect::Replaces));
    QCOMPARE(bench->effectsOf(*publish, {{u"embed_credentials"_s, true}}), Effect::Replaces | Effect::Grants);
    answer(Dashboards + u"/d0"_s, dashboard());
    answer(Dashboards + u"/d0/published"_s, {{u"display_name"_s, u"Sales overview"_s}}, u"POST"_s);
    const Mcp::ToolResult result = bench->call(u"publish_dashboard"_s, {{u"dashboard_id"_s, u"d0"_s}});
    QVERIFY2(result.text().contains("with their own rights"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             (QStringList{"GET "_L1 + Dashboards + "/d0"_L1,
                          "POST "_L1 + Dashboards + "/d0/published {\"embed_credentials\":false}"_L1}));
}

void TestReportTools::costsAreSummed()
{
    const Mcp::ToolResult result =
        bench->call(u"get_usage_cost"_s, {{u"warehouse_id"_s, Running}, {u"days"_s, 7}, {u"limit"_s, 2}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("USD at list prices"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("The 2 most expensive of 4"_L1), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("rows"_L1).toArray().size(), 2);
}

void TestReportTools::costsFollowTheirGroupAndDays()
{
    const QString today = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate);
    const QString weekAgo = QDateTime::currentDateTimeUtc().date().addDays(-6).toString(Qt::ISODate);
    const auto dollars = [this](const QJsonObject &more) {
        QJsonObject arguments{{u"warehouse_id"_s, Running}, {u"limit"_s, 500}};
        for (auto one = more.begin(); one != more.end(); ++one)
            arguments.insert(one.key(), *one);
        double sum = 0;
        for (const QJsonValue row :
             bench->call(u"get_usage_cost"_s, arguments).structuredContent().value("rows"_L1).toArray())
            sum += row[1].toString().toDouble();
        return qRound64(sum);
    };
    const qint64 week = dollars({{u"days"_s, 7}});
    QVERIFY(week > 0);
    QVERIFY(week < dollars({{u"days"_s, 30}}));
    QCOMPARE(dollars({{u"days"_s, 7}, {u"group_by"_s, u"day"_s}}), week);
    QCOMPARE(dollars({{u"start"_s, weekAgo}, {u"end"_s, today}}), week);
    QCOMPARE(dollars({{u"workspace_id"_s, u"1"_s}}), 0);
    // The sample keeps 90 days: what a year's costs are made of is told.
    const QString first = QDateTime::currentDateTimeUtc().date().addDays(-89).toString(Qt::ISODate);
    const Mcp::ToolResult year = bench->call(u"get_usage_cost"_s, {{u"warehouse_id"_s, Running}, {u"days"_s, 365}});
    QVERIFY2(year.text().contains(u"The first usage recorded in these days is of %1."_s.arg(first)),
             qPrintable(year.text()));
    const Mcp::ToolResult days =
        bench->call(u"get_usage_cost"_s, {{u"warehouse_id"_s, Running}, {u"days"_s, 7}, {u"group_by"_s, u"day"_s}});
    QCOMPARE(days.structuredContent().value("rows"_L1).toArray().size(), 7);
    QVERIFY2(!days.text().contains("first usage"_L1), qPrintable(days.text()));
    QVERIFY(bench->call(u"get_usage_cost"_s, {{u"start"_s, today}, {u"end"_s, weekAgo}}).isError());
    const Mcp::ToolResult raw = bench->call(
        u"query_sql"_s, {{u"warehouse_id"_s, Running},
                         {u"statement"_s, u"SELECT usage_metadata.job_id, sum(usage_quantity) AS dbus FROM "
                                          "system.billing.usage WHERE billing_origin_product = 'JOBS' GROUP BY 1"_s}});
    QVERIFY2(raw.text().contains("job_id (STRING)"_L1) && raw.text().contains("576952145895090"_L1),
             qPrintable(raw.text()));
}

void TestReportTools::costsSayThatTheyAreOff()
{
    const QJsonObject status{
        {u"state"_s, u"FAILED"_s},
        {u"error"_s, QJsonObject{{u"error_code"_s, u"BAD_REQUEST"_s},
                                 {u"message"_s, u"[INSUFFICIENT_PERMISSIONS] Insufficient privileges"_s}}}};
    answer(u"/api/2.0/sql/statements"_s, {{u"statement_id"_s, u"01f0"_s}, {u"status"_s, status}}, u"POST"_s);
    const Mcp::ToolResult result = bench->call(u"get_usage_cost"_s, {{u"warehouse_id"_s, Running}});
    QVERIFY2(result.isError() && result.text().contains("account administrator can grant"_L1),
             qPrintable(result.text()));
}

void TestReportTools::costsByEveryGroupAreOneReadingStatement_data()
{
    QTest::addColumn<QString>("group");
    const Tools::Tool *tool = Tools::findTool(u"get_usage_cost"_s, Tools::resolveToolsets({u"all"_s}));
    for (const QJsonValue group : tool->inputSchema.value("properties"_L1)["group_by"_L1]["enum"_L1].toArray())
        QTest::newRow(qPrintable(group.toString())) << group.toString();
}

void TestReportTools::costsByEveryGroupAreOneReadingStatement()
{
    QFETCH(QString, group);
    const Mcp::ToolResult result =
        bench->call(u"get_usage_cost"_s, {{u"warehouse_id"_s, Running}, {u"group_by"_s, group}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString request = bench->requests().first();
    const QJsonObject body = QJsonDocument::fromJson(request.mid(request.indexOf(u'{')).toUtf8()).object();
    QVERIFY2(Tools::sqlDeed(body.value("statement"_L1).toString()).reads(), qPrintable(request));
}

QTEST_GUILESS_MAIN(TestReportTools)
#include "tst_reporttools.moc"
