#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Orders = u"b58728d0-1c7e-9336-acd4-ee61227a6fab"_s;
const QString Failing = u"235514e6-ed3c-2374-50c2-23fc0b5c70dd"_s;
const QString Path = u"/api/2.0/pipelines/b58728d0-1c7e-9336-acd4-ee61227a6fab"_s;
const QJsonObject OrdersId{{u"pipeline_id"_s, Orders}};

} // namespace

/// The tools of the toolset pipelines.
class TestPipelineTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void listFiltersByName();
    void listTakesAPatternAsItIs();
    void getShowsTheSpec();
    void eventsTellWhatFailed();
    void eventsOfOneUpdatePage();
    void latestUpdateIsFound();
    void updateGoesToItsEnd();
    void updateWhoseStateCannotBeReadIsStillNamed();
    void secondUpdateIsRefused();
    void stopCancelsTheUpdate();
    void unknownIdsGetTheWordsOfTheApi_data();
    void unknownIdsGetTheWordsOfTheApi();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestPipelineTools::listFiltersByName()
{
    const Mcp::ToolResult all = bench->call(u"list_pipelines"_s);
    QVERIFY2(!all.isError(), qPrintable(all.text()));
    QCOMPARE(all.structuredContent().value("total"_L1).toInteger(), 6);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/pipelines?max_results=100"_s});
    const Mcp::ToolResult orders = bench->call(u"list_pipelines"_s, {{u"name_contains"_s, u"orders"_s}});
    QCOMPARE(orders.structuredContent().value("total"_L1).toInteger(), 2);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/pipelines?max_results=100&filter=name LIKE '%orders%'"_s});
    bench->fault({{u"path"_s, u"/api/2.0/pipelines"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_pipelines"_s).isError());
}

void TestPipelineTools::listTakesAPatternAsItIs()
{
    const Mcp::ToolResult percent = bench->call(u"list_pipelines"_s, {{u"name_contains"_s, u"100%_c"_s}});
    QCOMPARE(percent.structuredContent().value("total"_L1).toInteger(), 1);
    const Mcp::ToolResult wild = bench->call(u"list_pipelines"_s, {{u"name_contains"_s, u"ord_rs"_s}});
    QCOMPARE(wild.structuredContent().value("total"_L1).toInteger(), 0);
    bench->requests();
    const Mcp::ToolResult quote = bench->call(u"list_pipelines"_s, {{u"name_contains"_s, u"o' OR name LIKE '"_s}});
    QVERIFY2(!quote.isError(), qPrintable(quote.text()));
    QCOMPARE(quote.structuredContent().value("total"_L1).toInteger(), 0);
    QVERIFY(bench->requests().first().endsWith("filter=name LIKE '%o'' OR name LIKE ''%'"_L1));
}

void TestPipelineTools::getShowsTheSpec()
{
    const Mcp::ToolResult result = bench->call(u"get_pipeline"_s, OrdersId);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("name"_L1).toString(), u"orders_medallion"_s);
    QCOMPARE(facts.value("state"_L1).toString(), u"IDLE"_s);
    QCOMPARE(facts.value("catalog"_L1).toString(), u"main"_s);
    QCOMPARE(facts.value("sources"_L1).toString(), u"/Workspace/Pipelines/orders_medallion"_s);
    QCOMPARE(facts.value("latest_updates"_L1).toArray().size(), 3);
    QCOMPARE(bench->requests(), QStringList{"GET "_L1 + Path});
}

void TestPipelineTools::eventsTellWhatFailed()
{
    const Mcp::ToolResult result =
        bench->call(u"list_pipeline_events"_s, {{u"pipeline_id"_s, Failing}, {u"level"_s, u"ERROR"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("UNRESOLVED_COLUMN"_L1), qPrintable(result.text()));
    for (const QJsonValue event : result.structuredContent().value("events"_L1).toArray())
        QCOMPARE(event["level"_L1].toString(), u"ERROR"_s);
    QCOMPARE(bench->requests(),
             QStringList{u"GET /api/2.0/pipelines/%1/events?max_results=100&filter=level='ERROR'"_s.arg(Failing)});
}

void TestPipelineTools::eventsOfOneUpdatePage()
{
    const Mcp::ToolResult latest = bench->call(u"get_pipeline_update"_s, OrdersId);
    const QString update = latest.structuredContent().value("update_id"_L1).toString();
    QJsonObject arguments{{u"pipeline_id"_s, Orders}, {u"update_id"_s, update}, {u"limit"_s, 3}};
    QStringList messages;
    do {
        const Mcp::ToolResult part = bench->call(u"list_pipeline_events"_s, arguments);
        QVERIFY2(!part.isError(), qPrintable(part.text()));
        QCOMPARE(part.structuredContent().value("total"_L1).toInteger(), 8);
        for (const QJsonValue event : part.structuredContent().value("events"_L1).toArray()) {
            QCOMPARE(event["update_id"_L1].toString(), update);
            messages.append(event["message"_L1].toString());
        }
        arguments.insert("page_token"_L1, part.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QCOMPARE(messages.size(), 8);
    QVERIFY(messages.first().endsWith("COMPLETED."_L1));
    QVERIFY(messages.last().endsWith("QUEUED."_L1));
}

void TestPipelineTools::latestUpdateIsFound()
{
    const Mcp::ToolResult result = bench->call(u"get_pipeline_update"_s, {{u"pipeline_id"_s, Failing}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"FAILED"_s);
    QVERIFY(result.text().contains("list_pipeline_events"_L1));
    const QString id = result.structuredContent().value("update_id"_L1).toString();
    QCOMPARE(bench->requests().last(), u"GET /api/2.0/pipelines/%1/updates/%2"_s.arg(Failing, id));
}

void TestPipelineTools::updateGoesToItsEnd()
{
    const Mcp::ToolResult started =
        bench->call(u"start_pipeline"_s, {{u"pipeline_id"_s, Orders},
                                          {u"full_refresh"_s, false},
                                          {u"full_refresh_selection"_s, QJsonArray{u"orders_gold"_s}}});
    QVERIFY2(!started.isError(), qPrintable(started.text()));
    const QString id = started.structuredContent().value("update_id"_L1).toString();
    QCOMPARE(started.structuredContent().value("state"_L1).toString(), u"QUEUED"_s);
    QCOMPARE(bench->requests(),
             (QStringList{
                 u"POST %1/updates {\"full_refresh\":false,\"full_refresh_selection\":[\"orders_gold\"]}"_s.arg(Path),
                 u"GET %1/updates/%2"_s.arg(Path, id)}));
    const auto state = [&] {
        return bench->call(u"get_pipeline_update"_s, {{u"pipeline_id"_s, Orders}, {u"update_id"_s, id}})
            .structuredContent()
            .value("state"_L1)
            .toString();
    };
    QTRY_COMPARE(state(), u"COMPLETED"_s);
}

void TestPipelineTools::updateWhoseStateCannotBeReadIsStillNamed()
{
    bench->fault({{u"path"_s, u"/api/2.0/pipelines/*"_s}, {u"method"_s, u"GET"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult started = bench->call(u"start_pipeline"_s, OrdersId);
    QVERIFY2(!started.isError(), qPrintable(started.text()));
    QVERIFY2(started.text().contains("could not be read"_L1), qPrintable(started.text()));
    QVERIFY(!started.structuredContent().value("update_id"_L1).toString().isEmpty());
}

void TestPipelineTools::secondUpdateIsRefused()
{
    bench->call(u"start_pipeline"_s, OrdersId);
    bench->requests();
    const Mcp::ToolResult second = bench->call(u"start_pipeline"_s, OrdersId);
    QVERIFY(second.isError());
    QVERIFY2(second.text().contains("already exists for pipeline"_L1), qPrintable(second.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestPipelineTools::stopCancelsTheUpdate()
{
    const Mcp::ToolResult idle = bench->call(u"stop_pipeline"_s, OrdersId);
    QVERIFY2(!idle.isError() && idle.text().contains("not running"_L1), qPrintable(idle.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());
    bench->call(u"start_pipeline"_s, OrdersId);
    bench->requests();
    const Mcp::ToolResult stopped = bench->call(u"stop_pipeline"_s, OrdersId);
    QVERIFY2(!stopped.isError(), qPrintable(stopped.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList{u"POST %1/stop"_s.arg(Path)});
    QTRY_COMPARE(bench->call(u"get_pipeline_update"_s, OrdersId).structuredContent().value("state"_L1).toString(),
                 u"CANCELED"_s);
}

void TestPipelineTools::unknownIdsGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    for (const auto tool :
         {"get_pipeline", "list_pipeline_events", "get_pipeline_update", "start_pipeline", "stop_pipeline"})
        QTest::newRow(tool) << QString::fromLatin1(tool);
}

void TestPipelineTools::unknownIdsGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    const Mcp::ToolResult result = bench->call(tool, {{u"pipeline_id"_s, u"no/such one"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("not found"_L1) || result.text().contains("No API found"_L1),
             qPrintable(result.text()));
    const Mcp::ToolResult unknown = bench->call(tool, {{u"pipeline_id"_s, u"00000000-0000"_s}});
    QVERIFY2(unknown.text().contains("The specified pipeline 00000000-0000 was not found"_L1),
             qPrintable(unknown.text()));
}

QTEST_GUILESS_MAIN(TestPipelineTools)
#include "tst_pipelinetools.moc"
