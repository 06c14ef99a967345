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
    void updatesAreNamedInTheEvents();
    void updateIsKnownByItsBeginning();
    void unknownUpdatesNameTheLatest();
    void latestUpdateSaysWhenItWasCreated();
    void eventsBeginWithTheUpdate();
    void mendedCodeRuns();
    void everyOtherPipelineRuns();
    void droppedRowsAreOfThePipelinesTable();
    void settingsShowTheSources();
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
        QCOMPARE(part.structuredContent().value("total"_L1).toInteger(), 7);
        for (const QJsonValue event : part.structuredContent().value("events"_L1).toArray()) {
            QCOMPARE(event["update_id"_L1].toString(), update);
            messages.append(event["message"_L1].toString());
        }
        arguments.insert("page_token"_L1, part.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QCOMPARE(messages.size(), 7);
    QVERIFY(messages.first().endsWith("COMPLETED."_L1));
    QVERIFY(messages.last().endsWith("CREATED."_L1));
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

void TestPipelineTools::updatesAreNamedInTheEvents()
{
    const Mcp::ToolResult result = bench->call(u"list_pipeline_events"_s, OrdersId);
    const QString update = result.structuredContent().value("events"_L1)[0]["update_id"_L1].toString();
    QCOMPARE(update.size(), 36);
    QVERIFY2(result.text().contains(update), qPrintable(result.text()));
}

void TestPipelineTools::updateIsKnownByItsBeginning()
{
    const QString whole =
        bench->call(u"get_pipeline_update"_s, OrdersId).structuredContent().value("update_id"_L1).toString();
    const QJsonObject arguments{{u"pipeline_id"_s, Orders}, {u"update_id"_s, whole.left(6)}};
    const Mcp::ToolResult update = bench->call(u"get_pipeline_update"_s, arguments);
    QCOMPARE(update.structuredContent().value("update_id"_L1).toString(), whole);
    const Mcp::ToolResult events = bench->call(u"list_pipeline_events"_s, arguments);
    QCOMPARE(events.structuredContent().value("total"_L1).toInteger(), 7);
    QVERIFY2(!events.text().contains(" | update_id"_L1), qPrintable(events.text()));
}

void TestPipelineTools::unknownUpdatesNameTheLatest()
{
    const QString latest =
        bench->call(u"get_pipeline_update"_s, OrdersId).structuredContent().value("update_id"_L1).toString();
    for (const auto &tool : {u"get_pipeline_update"_s, u"list_pipeline_events"_s}) {
        for (const auto &id : {u"00000000-0000-0000-0000-000000000000"_s, u"000000"_s, u"nonsense"_s}) {
            const Mcp::ToolResult result = bench->call(tool, {{u"pipeline_id"_s, Orders}, {u"update_id"_s, id}});
            QVERIFY(result.isError());
            QVERIFY2(result.text().contains(u"no update \"%1\""_s.arg(id)) && result.text().contains(latest),
                     qPrintable(result.text()));
        }
    }
}

void TestPipelineTools::latestUpdateSaysWhenItWasCreated()
{
    const Mcp::ToolResult result = bench->call(u"get_pipeline"_s, {{u"pipeline_id"_s, Failing}});
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("latest_update"_L1).toString(),
             "FAILED, created "_L1 + facts.value("latest_updates"_L1)[0]["creation_time"_L1].toString());
}

void TestPipelineTools::eventsBeginWithTheUpdate()
{
    const QJsonObject update = bench->call(u"get_pipeline_update"_s, OrdersId).structuredContent();
    const Mcp::ToolResult events = bench->call(
        u"list_pipeline_events"_s, {{u"pipeline_id"_s, Orders}, {u"update_id"_s, update.value("update_id"_L1)}});
    const QJsonArray rows = events.structuredContent().value("events"_L1).toArray();
    QVERIFY(rows.last()["message"_L1].toString().endsWith("CREATED."_L1));
    QCOMPARE(rows.last()["time"_L1], update.value("creation_time"_L1));
    QVERIFY(rows.at(rows.size() - 2)["message"_L1].toString().endsWith("QUEUED."_L1));
}

void TestPipelineTools::mendedCodeRuns()
{
    const QJsonObject id{{u"pipeline_id"_s, Failing}};
    const auto state = [&] {
        return bench->call(u"get_pipeline_update"_s, id).structuredContent().value("state"_L1).toString();
    };
    bench->call(u"start_pipeline"_s, id);
    QTRY_COMPARE(state(), u"FAILED"_s);
    const Mcp::ToolResult errors =
        bench->call(u"list_pipeline_events"_s, {{u"pipeline_id"_s, Failing}, {u"level"_s, u"ERROR"_s}});
    QVERIFY2(errors.structuredContent().value("events"_L1)[1]["error"_L1].toString().contains("order_total"_L1),
             qPrintable(errors.text()));
    const QString mended = u"-- Databricks notebook source\nCREATE OR REFRESH MATERIALIZED VIEW orders_checked\n"
                           "AS SELECT o_orderkey, o_totalprice FROM samples.tpch.orders WHERE o_totalprice >= 0\n"_s;
    const Mcp::ToolResult written =
        bench->call(u"write_notebook"_s, {{u"path"_s, u"/Workspace/Pipelines/orders_quality_gate"_s},
                                          {u"source"_s, mended},
                                          {u"language"_s, u"SQL"_s},
                                          {u"overwrite"_s, true}});
    QVERIFY2(!written.isError(), qPrintable(written.text()));
    bench->call(u"start_pipeline"_s, id);
    QTRY_COMPARE(state(), u"COMPLETED"_s);
}

void TestPipelineTools::everyOtherPipelineRuns()
{
    const Mcp::ToolResult all = bench->call(u"list_pipelines"_s);
    for (const QJsonValue pipeline : all.structuredContent().value("pipelines"_L1).toArray()) {
        const QJsonObject id{{u"pipeline_id"_s, pipeline["pipeline_id"_L1]}};
        const QString before =
            bench->call(u"get_pipeline_update"_s, id).structuredContent().value("state"_L1).toString();
        const Mcp::ToolResult started = bench->call(u"start_pipeline"_s, id);
        QVERIFY2(!started.isError(), qPrintable(started.text()));
        QTRY_COMPARE(bench->call(u"get_pipeline_update"_s, id).structuredContent().value("state"_L1).toString(),
                     before);
    }
}

void TestPipelineTools::droppedRowsAreOfThePipelinesTable()
{
    const Mcp::ToolResult none =
        bench->call(u"list_pipeline_events"_s, {{u"pipeline_id"_s, Orders}, {u"level"_s, u"WARN"_s}});
    QCOMPARE(none.structuredContent().value("total"_L1).toInteger(), 0);
    const QString live = u"8f2050d1-ed6b-05e2-f6c8-09da79ef7437"_s;
    const Mcp::ToolResult dropped =
        bench->call(u"list_pipeline_events"_s, {{u"pipeline_id"_s, live}, {u"level"_s, u"WARN"_s}});
    QVERIFY2(dropped.text().contains("Flow 'visits' dropped 12"_L1), qPrintable(dropped.text()));
}

void TestPipelineTools::settingsShowTheSources()
{
    const Mcp::ToolResult changed =
        bench->call(u"update_pipeline"_s, {{u"pipeline_id"_s, Orders}, {u"development"_s, true}});
    QCOMPARE(changed.structuredContent().value("sources"_L1),
             bench->call(u"get_pipeline"_s, OrdersId).structuredContent().value("sources"_L1));
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
