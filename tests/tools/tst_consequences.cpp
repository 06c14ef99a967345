#include "tools/toolbench.h"

#include "tools/everycall.h"
#include "tools/host/catalogue.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using Calls::Decision;

namespace {

const QString Fraud = u"0527-061205-l3ph6de2"_s;   // RUNNING, 4 workers
const QString Running = u"8f3b2c1d90e47a65"_s;     // a warehouse
const QString Stopped = u"1a7de05c44b98f20"_s;     // another one
const QString IngestOrders = u"576952145895090"_s; // every day at 02:00

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

/// On a warehouse that does not run.
const QJsonObject deletion{{u"statement"_s, u"DELETE FROM main.default.page_views WHERE view_id <= 10"_s},
                           {u"warehouse_id"_s, Stopped}};

/// How often a warehouse was started, as the journal has it.
qsizetype startsOn(const Calls::Record &record)
{
    return std::ranges::count_if(record.exchanges, [](const Rest::Exchange &exchange) {
        return exchange.method == "POST"_L1 && exchange.path.endsWith("/start"_L1);
    });
}

bool isRead(const QString &request)
{
    return request.startsWith("GET "_L1) || (request.startsWith("POST /api/2.0/sql/statements {"_L1) &&
                                             (request.contains("\"statement\":\"SELECT count(*) FROM "_L1) ||
                                              request.contains("\"statement\":\"DESCRIBE DETAIL "_L1)));
}

} // namespace

/// What a card says of what a call would bring, from the tool's arguments to the card, over real HTTP; and that nothing
/// but reads was sent for it.
class TestConsequences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void areOnTheCard_data();
    void areOnTheCard();
    void areFoundByReadsForEveryTool_data();
    void areFoundByReadsForEveryTool();
    void aStoppedWarehouseIsNotStarted_data();
    void aStoppedWarehouseIsNotStarted();
    void aStoppedWarehouseIsStartedAtAClick();
    void whatCouldNotBeCountedSaysWhy();
    void aCountEndsWithItsCard();
    void aCountGoesOnWhenTheClientWaitsNoLonger();
    void whatRunsOrMayDoMoreHasNothingToClick();
    void aConditionThatCallsAFunctionIsNotCounted();
    void whatRunsOnAClusterIsNamed();
    void aRunIsDescribedBeforeItIsCancelled();
    void permissionsAreComparedWithThoseThereAre();
    void anOverwrittenNotebookIsCompared();
    void anOverwrittenFileIsCompared();
    void anOverwrittenBinaryIsMeasured();
    void settingsOfAJobAreCompared();
    void whatAJobLosesIsNamed();
    void slowAnswersAreNotWaitedFor_data();
    void slowAnswersAreNotWaitedFor();
    void oneSlowAnswerHidesNoOther();
    void refusalsAreNotKnown_data();
    void refusalsAreNotKnown();
    void aCountIsNoChangeThatWasMade_data();
    void aCountIsNoChangeThatWasMade();

private:
    struct Card
    {
        Calls::ApprovalRequest asked;
        qint64 opened = -1;    ///< ms after the call
        qint64 explained = -1; ///< ms after it was opened
        QStringList requests;
        QString facts;
    };

    /// Calls the tool and denies it as soon as the card says what it would bring.
    Card cardOf(const QString &tool, const QJsonObject &arguments);
    void wait(const QString &path, const QString &fault, int after = 0)
    {
        bench->fault({{u"path"_s, path}, {u"fault"_s, fault}, {u"times"_s, -1}, {u"after"_s, after}});
    }

    /// A click on a card that offers the count, over and over as an impatient person does.
    bool click(const Calls::ApprovalRequest &request)
    {
        if (clicks && request.consequence.rowCount)
            bench->log().approvals().count(request.callId);
        return clicks && request.consequence.rowCount;
    }

    /// What is denied leaves the workspace as it was, and the next test takes it over.
    std::unique_ptr<ToolBench> bench;
    bool isChanged = false;
    bool clicks = false;
};

void TestConsequences::cleanup()
{
    clicks = false;
    if (std::exchange(isChanged, false))
        bench.reset();
}

void TestConsequences::init()
{
    if (!bench)
        bench = std::make_unique<ToolBench>();
    bench->defaultWarehouseId.clear();
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->requestTimeout = std::chrono::seconds(20);
    bench->reset();
}

TestConsequences::Card TestConsequences::cardOf(const QString &tool, const QJsonObject &arguments)
{
    Card card;
    QElapsedTimer timer;
    timer.start();
    QObject context;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, &context,
        [&](const Calls::ApprovalRequest &request) {
            if (card.opened < 0)
                card.opened = timer.restart();
            if (!request.isConsequenceKnown || card.explained >= 0 || click(request))
                return;
            card.explained = timer.elapsed();
            card.asked = request;
            bench->log().approvals().answer(request.callId, {});
        },
        Qt::QueuedConnection);
    bench->requests();
    const Mcp::ToolResult result = bench->call(tool, arguments);
    card.requests = bench->requests();
    card.facts = card.asked.consequence.facts.join(u'\n');
    if (card.explained < 0)
        QTest::qFail(qPrintable(tool + u" opened no card that says what it brings: "_s + result.text()), __FILE__,
                     __LINE__);
    return card;
}

void TestConsequences::areOnTheCard_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QStringList>("facts");
    const auto row = [](const char *tool, const char *arguments, const QStringList &facts) {
        QTest::newRow(qPrintable(QString::fromLatin1(tool) + u' ' + QString::fromLatin1(arguments).simplified()))
            << QString::fromLatin1(tool) << object(arguments) << facts;
    };
    const auto sql = [](const QString &statement, const QStringList &facts, QJsonObject more = {}) {
        more.insert(u"statement"_s, statement);
        if (!more.contains(u"warehouse_id"_s))
            more.insert(u"warehouse_id"_s, Running);
        QTest::newRow(qPrintable(statement)) << u"execute_sql"_s << more << facts;
    };
    sql(u"DELETE FROM main.default.sales_targets"_s,
        {u"It matches 20 rows now."_s, u"MANAGED table main.default.sales_targets, owned by "_s, u"It holds "_s,
         u"Lineage knows as its readers: 1 table (finance.reporting.month_end), 1 pipeline, 1 dashboard."_s,
         u"RESTORE TABLE brings the rows back"_s});
    sql(u"UPDATE main.default.page_views SET user_id = 1 WHERE view_id <= 10 -- all"_s,
        {u"It matches 10 rows now."_s, u"Lineage knows as its readers: 1 pipeline."_s});
    sql(u"DELETE FROM page_views WHERE view_id <= :most"_s,
        {u"It matches 7 rows now."_s, u"table main.default.page_views, owned"_s},
        {{u"catalog"_s, u"main"_s},
         {u"schema"_s, u"default"_s},
         {u"parameters"_s,
          QJsonArray{QJsonObject{{u"name"_s, u"most"_s}, {u"value"_s, u"7"_s}, {u"type"_s, u"INT"_s}},
                     QJsonObject{{u"name"_s, u"other"_s}, {u"value"_s, u"7"_s}, {u"type"_s, u"INT"_s}}}}});
    sql(u"DROP TABLE main.default.page_views"_s,
        {u"MANAGED table main.default.page_views, owned by "_s, u"UNDROP TABLE brings it back for 7 days."_s});
    sql(u"DROP TABLE logistics.shipments.stops"_s,
        {u"EXTERNAL table logistics.shipments.stops, owned by "_s, u"Its files stay where they are."_s});
    sql(u"TRUNCATE TABLE main.default.page_views"_s, {u"It holds "_s, u"RESTORE TABLE brings the rows back"_s});
    sql(u"ALTER TABLE main.default.page_views ADD COLUMN x INT"_s, {u"MANAGED table "_s, u"readers: 1 pipeline."_s});
    sql(u"DROP SCHEMA logistics.shipments CASCADE"_s,
        {u"Inside: 2 tables (orders, stops)."_s, u"Inside: 1 volume (photos)."_s, u"Inside: 1 function (geohash)."_s});

    sql(u"GRANT SELECT, MODIFY ON SCHEMA main.default TO `data-platform`"_s,
        {u"data-platform holds nothing on it directly now."_s});
    sql(u"REVOKE USE CATALOG ON CATALOG main FROM `account users`"_s,
        {u"account users holds on it directly now: USE_CATALOG, BROWSE."_s});

    row("delete_table", R"({"full_name":"main.default.sales_targets"})",
        {u"MANAGED table "_s, u"readers: 1 table (finance.reporting.month_end)"_s,
         u"UNDROP TABLE brings it back for 7 days."_s});
    row("delete_schema", R"({"full_name":"logistics.shipments","force":true})",
        {u"Inside: 2 tables (orders, stops)."_s, u"All of it goes."_s});
    row("delete_schema", R"({"full_name":"logistics.shipments"})",
        {u"Without force a schema that is not empty stays."_s});
    row("delete_volume", R"({"full_name":"main.default.landing"})",
        {u"MANAGED volume, owned by "_s, u"At its top: "_s});

    row("stop_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})",
        {u"No active job run is on it."_s, u"It was started "_s, u"Something last ran on it"_s});
    row("stop_cluster", R"({"cluster_id":"0730-172948-runts698"})", {u"It is TERMINATED: nothing runs on it."_s});
    row("delete_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})", {u"can't be brought back"_s});
    row("edit_cluster", R"({"cluster_id":"0527-061205-l3ph6de2","num_workers":6})",
        {u"num_workers: 4 becomes 6"_s, u"It restarts, and what runs on it is lost."_s});
    row("edit_cluster", R"({"cluster_id":"0527-061205-l3ph6de2","num_workers":4})", {u"Nothing changes"_s});
    row("resize_cluster", R"({"cluster_id":"0527-061205-l3ph6de2","num_workers":2})", {u"Workers: 4 now, 2 then."_s});
    row("create_cluster", R"({"cluster_name":"x","spark_version":"16.4.x-scala2.12","node_type_id":"Standard_DS3_v2",
                              "num_workers":3})",
        {u"4 machines with the driver."_s, u"Each is a Standard_DS3_v2 (4 cores, 14 GiB)."_s,
         u"It stops by itself after 60 idle minutes."_s});
    row("create_cluster", R"({"cluster_name":"x","spark_version":"16.4.x-scala2.12","node_type_id":"Standard_DS3_v2",
                              "min_workers":1,"max_workers":40,"autotermination_minutes":0})",
        {u"2 to 41 machines"_s, u"It NEVER stops by itself."_s});
    row("install_cluster_libraries", R"({"cluster_id":"0527-061205-l3ph6de2","pypi":["a"]})", {u"It is RUNNING"_s});

    row("run_job", R"({"job_id":"576952145895090"})",
        {u"It runs every day at 02:00 (UTC)."_s, u"Its last run ended TERMINATED"_s, u"active now."_s,
         u"It has 4 tasks."_s});
    row("delete_job", R"({"job_id":"576952145895090"})",
        {u"It runs every day at 02:00 (UTC)."_s, u"It can't be brought back."_s});
    row("update_job", R"({"job_id":"576952145895090","schedule_cron":"0 30 2 * * ?"})",
        {u"before every day at 02:00 (UTC) → then every day at 02:30 (UTC), next "_s,
         u"It runs every day at 02:00 (UTC)."_s});
    row("create_job", R"({"name":"x","tasks":[],"schedule_cron":"0 0 5 * * ?"})",
        {u"It runs every day at 05:00 (UTC)."_s});
    row("run_notebook", R"({"notebook_path":"/Shared/etl/load_orders","cluster_id":"0730-172948-runts698"})",
        {u"The notebook was last changed "_s, u"which is TERMINATED and starts for it."_s});
    row("start_pipeline", R"({"pipeline_id":"b58728d0-1c7e-9336-acd4-ee61227a6fab","full_refresh":true})",
        {u"ALL its tables are emptied first"_s, u"Its latest update is "_s});

    row("stop_warehouse", R"({"warehouse_id":"8f3b2c1d90e47a65"})",
        {u"No statement runs on it or waits for it."_s, u"2 active sessions"_s});
    row("stop_warehouse", R"({"warehouse_id":"1a7de05c44b98f20"})", {u"It is STOPPED: nothing runs on it."_s});
    row("start_warehouse", R"({"warehouse_id":"1a7de05c44b98f20"})",
        {u"It is Medium, at most 2 clusters."_s, u"It stops by itself after 45 idle minutes."_s});

    row("delete_workspace_object", R"({"path":"/Shared/etl","recursive":true})",
        {u"Inside are "_s, u"notebook"_s, u"It can't be brought back."_s});
    row("delete_workspace_object", R"({"path":"/Shared/etl"})",
        {u"without recursive a folder that is not empty stays"_s});
    row("delete_workspace_object", R"({"path":"/Shared/etl/load_orders"})", {u"It was last changed "_s});
    row("write_notebook", R"({"path":"/Shared/etl/fresh","source":"x = 1","language":"PYTHON","overwrite":true})",
        {u"There is nothing at this path yet: nothing is replaced."_s});
    row("delete_volume_file", R"({"path":"/Volumes/main/default/raw/orders.csv"})",
        {u"It holds "_s, u"It was last changed "_s, u"It can't be brought back."_s});

    row("put_secret", R"({"scope":"crm","key":"salesforce-client-id","value":"v"})",
        {u"It replaces the secret that was written "_s});
    row("put_secret", R"({"scope":"crm","key":"fresh","value":"v"})", {u"There is no such secret yet"_s});
    row("delete_secret", R"({"scope":"crm","key":"salesforce-client-id"})", {u"It was written "_s});
}

void TestConsequences::areOnTheCard()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    QFETCH(const QStringList, facts);
    const Card card = cardOf(tool, arguments);
    for (const QString &fact : facts)
        QVERIFY2(card.facts.contains(fact), qPrintable(u"“%1” is not in:\n%2"_s.arg(fact, card.facts)));
    QVERIFY2(!card.facts.contains("not known"_L1) || card.facts.contains("attached"_L1) ||
                 card.facts.contains("who reads it"_L1) || card.facts.contains("brought back"_L1),
             qPrintable(card.facts));
    QVERIFY2(std::ranges::all_of(card.requests, isRead), qPrintable(card.requests.join(u'\n')));
}

void TestConsequences::areFoundByReadsForEveryTool_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < everyCall().size(); ++i) {
        const Tools::Tool *tool =
            Tools::findTool(QString::fromLatin1(everyCall().at(i).tool), Tools::resolveToolsets({u"all"_s}));
        if (tool->consequence && tool->effects)
            QTest::newRow(everyCall().at(i).tool) << i;
    }
}

void TestConsequences::areFoundByReadsForEveryTool()
{
    QFETCH(const int, index);
    const EveryCall &one = everyCall().at(index);
    isChanged = one.prepare != nullptr;
    bench->policy = ToolBench::permissive();
    bench->reset();
    QJsonObject arguments = one.ready(*bench);
    if (arguments.contains(u"statement"_s))
        arguments.insert(u"statement"_s, u"DELETE FROM main.default.page_views"_s);
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    const Card card = cardOf(QString::fromLatin1(one.tool), arguments);
    QVERIFY(!card.asked.consequence.isEmpty());
    QVERIFY2(std::ranges::all_of(card.requests, isRead), qPrintable(card.requests.join(u'\n')));
}

void TestConsequences::aStoppedWarehouseIsNotStarted_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::newRow("named") << u"execute_sql"_s
                           << QJsonObject{{u"statement"_s, u"DELETE FROM main.default.page_views"_s},
                                          {u"warehouse_id"_s, Stopped}};
    QTest::newRow("the profile's default")
        << u"execute_sql"_s << QJsonObject{{u"statement"_s, u"DELETE FROM main.default.page_views"_s}};
    QTest::newRow("for the size alone") << u"delete_table"_s
                                        << QJsonObject{{u"full_name"_s, u"main.default.page_views"_s}};
}

void TestConsequences::aStoppedWarehouseIsNotStarted()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    bench->defaultWarehouseId = Stopped;
    bench->reset();
    const Card card = cardOf(tool, arguments);
    if (tool == "execute_sql"_L1) {
        QVERIFY2(card.facts.contains("How many rows it matches is not known."_L1), qPrintable(card.facts));
        QCOMPARE(card.asked.consequence.rowCount->warehouseId, Stopped);
        QCOMPARE(card.asked.consequence.rowCount->warehouse, u"BI Dashboards"_s);
    }
    QVERIFY2(card.facts.contains("How large it is is not known."_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("MANAGED table "_L1), qPrintable(card.facts));
    for (const QString &request : card.requests)
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
    const QJsonObject warehouse = bench->control("GET", u"/api/2.0/sql/warehouses/"_s + Stopped);
    QCOMPARE(warehouse.value("state"_L1).toString(), u"STOPPED"_s);
}

void TestConsequences::aStoppedWarehouseIsStartedAtAClick()
{
    isChanged = true;
    clicks = true;
    const Card card = cardOf(u"execute_sql"_s, deletion);
    QCOMPARE(card.asked.consequence.facts.constFirst(), u"It matches 10 rows now."_s);
    QVERIFY(!card.asked.consequence.rowCount);
    QVERIFY2(card.facts.contains("MANAGED table "_L1), qPrintable(card.facts));
    QStringList posts = card.requests;
    posts.removeIf([](const QString &request) { return request.startsWith("GET "_L1); });
    QCOMPARE(posts.size(), 2);
    QCOMPARE(posts.constFirst(), u"POST /api/2.0/sql/warehouses/%1/start"_s.arg(Stopped));
    QVERIFY2(isRead(posts.constLast()) && posts.constLast().contains("view_id <= 10"_L1),
             qPrintable(posts.constLast()));
    const Calls::Record record = bench->log().latest(1).constFirst();
    QCOMPARE(startsOn(record), 1);
    // The call is still about its table, and its client hears nothing of the count.
    QVERIFY2(record.target.startsWith("main.default.page_views on "_L1), qPrintable(record.target));
    QCOMPARE(bench->progress.size(), 1);
}

void TestConsequences::whatCouldNotBeCountedSaysWhy()
{
    clicks = true;
    bench->fault({{u"path"_s, u"/api/2.0/sql/warehouses/%1/start"_s.arg(Stopped)}, {u"fault"_s, u"forbidden"_s}});
    const Card card = cardOf(u"execute_sql"_s, deletion);
    const QString fact = card.asked.consequence.facts.constFirst();
    QVERIFY2(fact.startsWith("How many rows it matches could not be counted. "_L1) && fact.size() > 60,
             qPrintable(fact));
    QVERIFY(!card.asked.consequence.rowCount);
}

void TestConsequences::aCountEndsWithItsCard()
{
    isChanged = true;
    wait(u"/api/2.0/sql/warehouses/%1/start"_s.arg(Stopped), u"hang"_s);
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, bench.get(),
        [this](const Calls::ApprovalRequest &request) {
            if (!request.consequence.rowCount || request.isCounting)
                return;
            bench->log().approvals().count(request.callId);
            QTimer::singleShot(300, bench.get(),
                               [this, id = request.callId] { bench->log().approvals().answer(id, {}); });
        },
        Qt::QueuedConnection);
    const Mcp::ToolResult result = bench->call(u"execute_sql"_s, deletion);
    QVERIFY2(result.text().contains("denied this call"_L1), qPrintable(result.text()));
    // The start was on its way: it may have been heard.
    const auto last = [this] { return bench->log().latest(1).constFirst().exchanges.constLast(); };
    QTRY_VERIFY2(last().path.endsWith("/start"_L1) && last().status == 0, qPrintable(last().path));
    bench->requests();
    QTest::qWait(2500);
    QCOMPARE(bench->requests(), QStringList());
}

void TestConsequences::aCountGoesOnWhenTheClientWaitsNoLonger()
{
    isChanged = true;
    bench = std::make_unique<ToolBench>(Calls::ApprovalTimes{.answer = std::chrono::seconds(1)});
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    const Mcp::ToolResult result = bench->call(u"execute_sql"_s, deletion);
    QVERIFY2(result.text().contains("nobody has answered yet"_L1), qPrintable(result.text()));
    const auto late = [this] { return bench->log().approvals().requests().constFirst(); };
    QVERIFY(late().isLate && late().consequence.rowCount);
    bench->log().approvals().count(late().callId);
    QVERIFY(late().isCounting);
    QTRY_VERIFY_WITH_TIMEOUT(!late().consequence.rowCount, 20'000);
    QCOMPARE(late().consequence.facts.constFirst(), u"It matches 10 rows now."_s);
    const Calls::Record record = bench->log().latest(1).constFirst();
    QVERIFY(record.canApproveLate);
    QCOMPARE(startsOn(record), 1);
    QVERIFY(record.exchanges.constLast().path.endsWith("/statements"_L1));
}

void TestConsequences::whatRunsOrMayDoMoreHasNothingToClick()
{
    const QString plain = u"DELETE FROM main.default.page_views"_s;
    const QList<std::pair<QString, QString>> calls{{plain, Running},
                                                   {plain + u" WHERE main.default.f(view_id)"_s, Stopped},
                                                   {u"DROP TABLE main.default.page_views"_s, Stopped}};
    for (const auto &[statement, warehouse] : calls) {
        const Card card = cardOf(u"execute_sql"_s, {{u"statement"_s, statement}, {u"warehouse_id"_s, warehouse}});
        QVERIFY2(!card.asked.consequence.rowCount, qPrintable(statement));
    }
}

void TestConsequences::aConditionThatCallsAFunctionIsNotCounted()
{
    const Card card = cardOf(u"execute_sql"_s,
                             {{u"statement"_s, u"DELETE FROM main.default.page_views WHERE main.default.f(view_id)"_s},
                              {u"warehouse_id"_s, Running}});
    QVERIFY2(card.facts.contains("calls main.default.f()"_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("How many rows it matches is not known."_L1), qPrintable(card.facts));
    for (const QString &request : card.requests)
        QVERIFY2(!request.contains("count(*)"_L1), qPrintable(request));
}

void TestConsequences::whatRunsOnAClusterIsNamed()
{
    isChanged = true;
    const QJsonObject task{{u"task_key"_s, u"only"_s},
                           {u"existing_cluster_id"_s, Fraud},
                           {u"notebook_task"_s, QJsonObject{{u"notebook_path"_s, u"/Shared/etl/load_orders"_s}}}};
    bench->control("POST", u"/api/2.2/jobs/runs/submit"_s,
                   {{u"run_name"_s, u"Rescoring"_s}, {u"tasks"_s, QJsonArray{task}}});
    const Card card = cardOf(u"stop_cluster"_s, {{u"cluster_id"_s, Fraud}});
    QVERIFY2(card.facts.contains("1 active job run on it: Rescoring (run "_L1), qPrintable(card.facts));
}

void TestConsequences::aRunIsDescribedBeforeItIsCancelled()
{
    isChanged = true;
    const QJsonObject started =
        bench->control("POST", u"/api/2.2/jobs/run-now"_s, {{u"job_id"_s, IngestOrders.toLongLong()}});
    const QString run = QString::number(started.value("run_id"_L1).toInteger());
    const Card card = cardOf(u"cancel_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(card.facts.contains("of its 4 tasks are over."_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("What these were doing is lost: "_L1), qPrintable(card.facts));
    const Card once = cardOf(u"run_job"_s, {{u"job_id"_s, IngestOrders}});
    QVERIFY2(once.facts.contains("1 run of it is active now."_L1), qPrintable(once.facts));
}

void TestConsequences::permissionsAreComparedWithThoseThereAre()
{
    const QJsonArray changes{
        QJsonObject{{u"group_name"_s, u"users"_s}, {u"permission_level"_s, u"CAN_MANAGE"_s}},
        QJsonObject{{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_USE"_s}},
        QJsonObject{{u"group_name"_s, u"admins"_s}, {u"permission_level"_s, u"CAN_VIEW"_s}},
        QJsonObject{{u"user_name"_s, u"platform-admin@example.com"_s}, {u"permission_level"_s, u"IS_OWNER"_s}}};
    const Card card = cardOf(u"update_permissions"_s,
                             {{u"object_type"_s, u"warehouses"_s}, {u"object_id"_s, Running}, {u"changes"_s, changes}});
    QCOMPARE(card.asked.consequence.facts,
             (QStringList{
                 u"users (group): CAN_VIEW becomes CAN_MANAGE"_s,
                 u"analysts (group): gains CAN_USE, holds nothing directly now"_s,
                 u"admins (group): gains CAN_VIEW, holds nothing directly now; CAN_MANAGE is inherited and stays"_s,
                 u"platform-admin@example.com (user): keeps IS_OWNER"_s, u"Nobody else gains or loses anything."_s}));
    QVERIFY(std::ranges::all_of(card.requests, isRead));
}

void TestConsequences::anOverwrittenNotebookIsCompared()
{
    isChanged = true;
    bench->control(
        "POST", u"/api/2.0/workspace/import"_s,
        {{u"path"_s, u"/Shared/etl/load_orders"_s},
         {u"format"_s, u"SOURCE"_s},
         {u"language"_s, u"PYTHON"_s},
         {u"overwrite"_s, true},
         {u"content"_s, QString::fromLatin1(QByteArray("# Databricks notebook source\na = 1\nb = 2\n").toBase64())}});
    QJsonObject arguments{{u"path"_s, u"/Shared/etl/load_orders"_s},
                          {u"source"_s, u"a = 1\nb = 3\n"_s},
                          {u"language"_s, u"PYTHON"_s},
                          {u"overwrite"_s, true}};
    Card card = cardOf(u"write_notebook"_s, arguments);
    QCOMPARE(card.asked.consequence.diff, u"@@ -1,2 +1,2 @@\n a = 1\n-b = 2\n+b = 3"_s);
    QVERIFY2(card.facts.contains("It removes 1 line and adds 1 line."_L1), qPrintable(card.facts));
    QVERIFY(std::ranges::all_of(card.requests, isRead));

    arguments.insert(u"source"_s, u"a = 1\nb = 2\n"_s);
    arguments.insert(u"language"_s, u"SQL"_s);
    card = cardOf(u"write_notebook"_s, arguments);
    QVERIFY2(card.facts.contains("the same, byte by byte"_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("Its language changes from PYTHON to SQL."_L1), qPrintable(card.facts));
    QVERIFY(card.asked.consequence.diff.isEmpty());
}

void TestConsequences::anOverwrittenFileIsCompared()
{
    isChanged = true;
    const QString path = u"/Volumes/main/default/raw/consequences.txt"_s;
    bench->policy = ToolBench::permissive();
    bench->reset();
    bench->call(u"write_volume_file"_s, {{u"path"_s, path}, {u"content"_s, u"one\ntwo\n"_s}});
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    QJsonObject arguments{{u"path"_s, path}, {u"content"_s, u"one\nthree\n"_s}, {u"overwrite"_s, true}};
    Card card = cardOf(u"write_volume_file"_s, arguments);
    QCOMPARE(card.asked.consequence.diff, u"@@ -1,2 +1,2 @@\n one\n-two\n+three"_s);
    QVERIFY2(card.facts.contains("It was last changed "_L1), qPrintable(card.facts));
    QVERIFY(std::ranges::all_of(card.requests, isRead));
    arguments.insert(u"content"_s, QString(300'000, u'x'));
    card = cardOf(u"write_volume_file"_s, arguments);
    QVERIFY2(card.facts.contains("They are too long to be compared here."_L1), qPrintable(card.facts));
    arguments.insert(u"path"_s, u"/Volumes/main/default/raw/nothing.txt"_s);
    card = cardOf(u"write_volume_file"_s, arguments);
    QVERIFY2(card.facts.contains("There is no such file yet"_L1), qPrintable(card.facts));
}

void TestConsequences::anOverwrittenBinaryIsMeasured()
{
    const Card card =
        cardOf(u"import_workspace_object"_s, {{u"path"_s, u"/Users/maria.santos@example.com/explore/logo.png"_s},
                                              {u"content_base64"_s, u"AAEC"_s},
                                              {u"overwrite"_s, true}});
    QVERIFY2(card.facts.contains("bytes there are replaced by 3 bytes."_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("can't be compared line by line"_L1), qPrintable(card.facts));
    QVERIFY(card.asked.consequence.diff.isEmpty());
}

void TestConsequences::settingsOfAJobAreCompared()
{
    const Card card = cardOf(u"update_job"_s, {{u"job_id"_s, IngestOrders},
                                               {u"name"_s, u"ingest all orders"_s},
                                               {u"fields_to_remove"_s, QJsonArray{u"schedule"_s}}});
    const QString diff = card.asked.consequence.diff;
    QVERIFY2(diff.contains("+    \"name\": \"ingest all orders\""_L1), qPrintable(diff));
    QVERIFY2(diff.contains("-        \"quartz_cron_expression\": \"0 0 2 * * ?\""_L1), qPrintable(diff));
    QVERIFY(!diff.contains("task_key"_L1));
}

void TestConsequences::whatAJobLosesIsNamed()
{
    const QJsonObject only{{u"task_key"_s, u"land_files"_s}};
    const Card card =
        cardOf(u"update_job"_s,
               {{u"job_id"_s, IngestOrders}, {u"tasks"_s, QJsonArray{only}}, {u"schedule_cron"_s, u"0 0 5 ? * 2-6"_s}});
    QVERIFY2(card.facts.contains(u"before every day at 02:00 (UTC) → then every MON-FRI at 05:00 (UTC), next "_s),
             qPrintable(card.facts));
    QVERIFY2(
        card.facts.contains("no longer have: existing_cluster_id of task \"land_files\", notebook_task of task"_L1),
        qPrintable(card.facts));
    QVERIFY2(card.facts.contains("task \"gold_orders\""_L1), qPrintable(card.facts));
}

void TestConsequences::slowAnswersAreNotWaitedFor_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("after"); ///< those before the card opens are answered
    const auto row = [](const char *tool, const char *arguments, const QString &path, int after) {
        QTest::newRow(tool) << QString::fromLatin1(tool) << object(arguments) << path << after;
    };
    row("stop_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})", u"/api/2.1/clusters/get"_s, 1);
    row("run_job", R"({"job_id":"576952145895090"})", u"/api/2.2/jobs/*"_s, 1);
    row("execute_sql", R"({"statement":"DELETE FROM main.default.page_views","warehouse_id":"8f3b2c1d90e47a65"})",
        u"/api/2*"_s, 1);
    row("update_permissions", R"({"object_type":"warehouses","object_id":"1","changes":[
        {"user_name":"a","permission_level":"CAN_USE"}]})",
        u"/api/2.0/permissions/*"_s, 0);
    row("write_volume_file", R"({"path":"/Volumes/main/default/raw/orders.csv","content":"","overwrite":true})",
        u"/api/2.0/fs/*"_s, 0);
    row("delete_schema", R"({"full_name":"logistics.shipments","force":true})", u"/api/2.1/unity-catalog/*"_s, 1);
}

void TestConsequences::slowAnswersAreNotWaitedFor()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    QFETCH(const QString, path);
    QFETCH(const int, after);
    wait(path, u"hang"_s, after);
    const Card card = cardOf(tool, arguments);
    QVERIFY2(card.opened < 2000, "the card opens before anybody knows");
    QVERIFY2(card.explained >= 2500 && card.explained < 4500, qPrintable(QString::number(card.explained)));
    QVERIFY2(card.facts.contains("not known"_L1), qPrintable(card.facts));
}

void TestConsequences::oneSlowAnswerHidesNoOther()
{
    wait(u"/api/2.0/lineage-tracking/table-lineage"_s, u"hang"_s);
    const Card card = cardOf(
        u"execute_sql"_s, {{u"statement"_s, u"DELETE FROM main.default.page_views"_s}, {u"warehouse_id"_s, Running}});
    QVERIFY2(card.facts.contains("Who reads it is not known."_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("It matches 700 rows now."_L1), qPrintable(card.facts));
    QVERIFY2(card.facts.contains("MANAGED table "_L1), qPrintable(card.facts));
    QVERIFY(card.explained < 4500);
}

void TestConsequences::refusalsAreNotKnown_data()
{
    slowAnswersAreNotWaitedFor_data();
}

void TestConsequences::refusalsAreNotKnown()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    QFETCH(const QString, path);
    QFETCH(const int, after);
    for (const QString &fault : {u"forbidden"_s, u"login_page"_s}) {
        bench->reset();
        wait(path, fault, after);
        const Card card = cardOf(tool, arguments);
        QVERIFY2(card.facts.contains("not known"_L1), qPrintable(fault + u": "_s + card.facts));
        QVERIFY(card.explained < 4500);
        QVERIFY2(std::ranges::all_of(card.requests, isRead), qPrintable(card.requests.join(u'\n')));
    }
}

void TestConsequences::aCountIsNoChangeThatWasMade_data()
{
    QTest::addColumn<QString>("warehouse");
    QTest::addColumn<int>("counts"); ///< statements before the call's own
    // The count is the first statement, the size the second.
    QTest::newRow("by itself") << Running << 2;
    QTest::newRow("at a click, with a start") << Stopped << 1;
}

void TestConsequences::aCountIsNoChangeThatWasMade()
{
    QFETCH(const QString, warehouse);
    QFETCH(const int, counts);
    isChanged = true;
    clicks = true;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, this,
        [this](const Calls::ApprovalRequest &request) {
            if (request.isConsequenceKnown && !click(request))
                bench->log().approvals().answer(request.callId, {true, Calls::Reach::ThisCall, {}});
        },
        Qt::QueuedConnection);
    bench->fault({{u"path"_s, u"/api/2.0/sql/statements"_s}, {u"fault"_s, u"forbidden"_s}, {u"after"_s, counts}});
    const Mcp::ToolResult result =
        bench->call(u"execute_sql"_s, {{u"statement"_s, u"DELETE FROM main.default.page_views WHERE view_id = 1"_s},
                                       {u"warehouse_id"_s, warehouse}});
    QVERIFY(result.isError());
    QVERIFY2(!result.text().contains("Before that was done"_L1), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestConsequences)
#include "tst_consequences.moc"
