#include "tools/code/coderesult.h"
#include "tools/code/contextpool.h"
#include "tools/toolbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Fraud = u"0527-061205-l3ph6de2"_s;    // RUNNING
const QString Americas = u"0730-172948-runts698"_s; // TERMINATED

QJsonObject code(const QString &text, const QJsonObject &more = {})
{
    QJsonObject arguments{{u"cluster_id"_s, Fraud}, {u"code"_s, text}};
    for (auto argument = more.begin(); argument != more.end(); ++argument)
        arguments.insert(argument.key(), *argument);
    return arguments;
}

QJsonObject handleIn(const Mcp::ToolResult &result)
{
    QJsonObject handle;
    for (const auto key : {"cluster_id"_L1, "context_id"_L1, "command_id"_L1})
        handle.insert(key, result.structuredContent().value(key));
    return handle;
}

} // namespace

/// The toolset code: contexts and commands on a cluster, what comes of them, and that nothing runs twice.
class TestCodeTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void textComesBackAndVariablesStay();
    void aStoppedClusterIsSaidSo();
    void errorsCarrySummaryAndCauseWithoutColours();
    void tablesAreTables();
    void dataFramesAreReadWhenTheyAreAsked();
    void errorsHaveTheirLineAndWhatWasPrinted();
    void longTablesSayHowToGoOn();
    void longTextSaysHowToGoOn();
    void picturesComeAsPictures();
    void otherLanguagesHaveTheirOwnContext();
    void whatTakesLongGivesAHandle();
    void cancelledCodeEnds();
    void aCancelledCallCancelsTheCommand();
    void aRestartedClusterGetsANewContext();
    void commandsSideBySideGetTheirOwnContexts();
    void theCommandIsSentOnce();
    void aLostQuestionDoesNotLoseTheHandle();
    void unknownHandlesGetTheWordsOfTheApi_data();
    void unknownHandlesGetTheWordsOfTheApi();
    void idleContextsAreDestroyed();
    void contextsOfForgottenCommandsAreDestroyed();
    void coloursAreStripped_data();
    void coloursAreStripped();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestCodeTools::textComesBackAndVariablesStay()
{
    const Mcp::ToolResult first = bench->call(u"run_code"_s, code(u"x = 6 * 7\nprint(\"hello\")"_s));
    QVERIFY2(!first.isError(), qPrintable(first.text()));
    QCOMPARE(first.structuredContent().value("text"_L1).toString(), u"hello"_s);
    QCOMPARE(first.structuredContent().value("status"_L1).toString(), u"Finished"_s);
    const QString context = first.structuredContent().value("context_id"_L1).toString();
    QStringList requests = bench->requests();
    QCOMPARE(requests.takeFirst(), u"GET /api/2.1/clusters/get?cluster_id="_s + Fraud);
    QCOMPARE(requests.takeFirst(),
             u"POST /api/1.2/contexts/create {\"clusterId\":\"%1\",\"language\":\"python\"}"_s.arg(Fraud));
    QCOMPARE(requests.takeFirst(), u"GET /api/1.2/contexts/status?clusterId=%1&contextId=%2"_s.arg(Fraud, context));
    while (requests.first().startsWith("GET /api/1.2/contexts/status"_L1))
        requests.removeFirst();
    QCOMPARE(requests.takeFirst(),
             u"POST /api/1.2/commands/execute {\"clusterId\":\"%1\",\"command\":\"x = 6 * 7\\nprint(\\\"hello\\\")\","
             "\"contextId\":\"%2\",\"language\":\"python\"}"_s.arg(Fraud, context));
    QVERIFY(requests.first().startsWith(
        u"GET /api/1.2/commands/status?clusterId=%1&contextId=%2&commandId="_s.arg(Fraud, context)));

    const Mcp::ToolResult second = bench->call(u"run_code"_s, code(u"x / 4"_s));
    QCOMPARE(second.structuredContent().value("text"_L1).toString(), u"10.5"_s);
    QCOMPARE(second.structuredContent().value("context_id"_L1).toString(), context);
    QVERIFY(!bench->requests().join(u'\n').contains("contexts/create"_L1));
}

void TestCodeTools::aStoppedClusterIsSaidSo()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, {{u"cluster_id"_s, Americas}, {u"code"_s, u"1"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("is TERMINATED"_L1) && result.text().contains("start_cluster"_L1),
             qPrintable(result.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestCodeTools::errorsCarrySummaryAndCauseWithoutColours()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"raise ValueError(\"<b> & 'c'\")"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("The code failed: ValueError: <b> & 'c'"_L1), qPrintable(result.text()));
    QVERIFY(result.text().contains("Traceback (most recent call last)"_L1));
    QVERIFY2(!result.text().contains("[0;3"_L1) && !result.text().contains("<span"_L1), qPrintable(result.text()));
    QVERIFY(result.structuredContent().isEmpty());
    QVERIFY(bench->call(u"run_code"_s, code(u"1/0"_s)).text().contains("ZeroDivisionError: division by zero"_L1));
}

void TestCodeTools::tablesAreTables()
{
    const Mcp::ToolResult result =
        bench->call(u"run_code"_s, code(u"df = spark.sql(\"SELECT page, view_id, user_id FROM main.default.page_views "
                                        "ORDER BY user_id NULLS FIRST LIMIT 3\")\ndisplay(df)"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("total_rows"_L1).toInteger(), 3);
    QCOMPARE(facts.value("columns"_L1)[1]["type"_L1].toString(), u"long"_s);
    const QString page = facts.value("rows"_L1)[0][0].toString();
    const QString view = facts.value("rows"_L1)[0][1].toString();
    QVERIFY(view.toLongLong() > 0);
    QVERIFY(facts.value("rows"_L1)[0][2].isNull());
    QVERIFY2(result.text().contains(u"page | view_id | user_id\n%1 | %2 | null"_s.arg(page, view)),
             qPrintable(result.text()));
}

void TestCodeTools::dataFramesAreReadWhenTheyAreAsked()
{
    const Mcp::ToolResult made = bench->call(
        u"run_code"_s, code(u"df = spark.table(\"main.default.page_views\")\nprint(\"rows:\", df.count())"_s));
    QCOMPARE(made.structuredContent().value("text"_L1).toString(), u"rows: 700"_s);
    const Mcp::ToolResult shown = bench->call(u"run_code"_s, code(u"df.limit(2).show()"_s));
    QVERIFY2(shown.text().contains("|view_id|"_L1), qPrintable(shown.text()));
    const Mcp::ToolResult first = bench->call(u"run_code"_s, code(u"len(df.limit(5).collect()) ** 2"_s));
    QCOMPARE(first.structuredContent().value("text"_L1).toString(), u"25"_s);
    const Mcp::ToolResult rows = bench->call(
        u"run_code"_s, code(u"SELECT count(*) AS n FROM main.default.page_views"_s, {{u"language"_s, u"sql"_s}}));
    QCOMPARE(rows.structuredContent().value("rows"_L1)[0][0].toString(), u"700"_s);
}

void TestCodeTools::errorsHaveTheirLineAndWhatWasPrinted()
{
    const Mcp::ToolResult zero = bench->call(u"run_code"_s, code(u"print(\"before\")\n\nx = 1\nprint(x / 0)"_s));
    QVERIFY2(zero.isError() && zero.text().contains("line 4"_L1) && zero.text().contains("---> 4 print(x / 0)"_L1),
             qPrintable(zero.text()));
    QVERIFY2(zero.text().contains("before\n---"_L1), qPrintable(zero.text()));
    QCOMPARE(bench->call(u"run_code"_s, code(u"x"_s)).structuredContent().value("text"_L1).toString(), u"1"_s);
    const Mcp::ToolResult unknown = bench->call(u"run_code"_s, code(u"for i in range(3):\n    print(i)"_s));
    QVERIFY2(unknown.isError() && unknown.text().contains("this is none of them: for i in range(3):"_L1) &&
                 unknown.text().contains("spark.table"_L1),
             qPrintable(unknown.text()));
    const Mcp::ToolResult table = bench->call(u"run_code"_s, code(u"spark.table(\"main.default.nowhere\").count()"_s));
    QVERIFY2(table.isError() && table.text().contains("AnalysisException"_L1), qPrintable(table.text()));
    const Mcp::ToolResult scala = bench->call(u"run_code"_s, code(u"println(1)"_s, {{u"language"_s, u"scala"_s}}));
    QVERIFY(scala.isError());
}

void TestCodeTools::longTablesSayHowToGoOn()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"display(spark.range(9000))"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const qsizetype shown = result.structuredContent().value("rows"_L1).toArray().size();
    QVERIFY(shown > 1000 && shown < 9000);
    const QString note = result.structuredContent().value("note"_L1).toString();
    QVERIFY2(note.contains(u"Rows 0 to %1 of 9000"_s.arg(shown - 1)), qPrintable(note));
    QJsonObject rest = handleIn(result);
    rest.insert("offset"_L1, shown);
    const Mcp::ToolResult more = bench->call(u"get_code_result"_s, rest);
    QCOMPARE(more.structuredContent().value("rows"_L1)[0][0].toString(), QString::number(shown));
}

void TestCodeTools::longTextSaysHowToGoOn()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"print(\"ü123456789\" * 9000)"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QString whole = result.structuredContent().value("text"_L1).toString();
    QVERIFY2(
        result.structuredContent().value("next"_L1).toString().contains(u"offset %1."_s.arg(whole.toUtf8().size())),
        qPrintable(result.structuredContent().value("next"_L1).toString()));
    QJsonObject rest = handleIn(result);
    while (whole.size() < 90'000) {
        rest.insert("offset"_L1, whole.toUtf8().size());
        const QString more = bench->call(u"get_code_result"_s, rest).structuredContent().value("text"_L1).toString();
        QVERIFY(!more.isEmpty());
        whole += more;
    }
    QCOMPARE(whole, u"ü123456789"_s.repeated(9000));
}

void TestCodeTools::picturesComeAsPictures()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"plt.plot([1, 2])\nplt.show()"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject block = result.content().at(1).toObject();
    QCOMPARE(block.value("type"_L1).toString(), u"image"_s);
    QCOMPARE(block.value("mimeType"_L1).toString(), u"image/png"_s);
    QVERIFY(QByteArray::fromBase64(block.value("data"_L1).toString().toLatin1()).startsWith("\x89PNG"));
    QCOMPARE(result.structuredContent().value("images"_L1).toInteger(), 1);
}

void TestCodeTools::otherLanguagesHaveTheirOwnContext()
{
    const Mcp::ToolResult python = bench->call(u"run_code"_s, code(u"1"_s));
    const Mcp::ToolResult sql = bench->call(u"run_code"_s, code(u"SELECT 1"_s, {{u"language"_s, u"sql"_s}}));
    QVERIFY2(!sql.isError(), qPrintable(sql.text()));
    QVERIFY(python.structuredContent().value("context_id"_L1) != sql.structuredContent().value("context_id"_L1));
    QVERIFY(bench->requests().join(u'\n').contains("\"language\":\"sql\""_L1));
}

void TestCodeTools::whatTakesLongGivesAHandle()
{
    const Mcp::ToolResult result =
        bench->call(u"run_code"_s, code(u"import time\ntime.sleep(40)\nprint(\"late\")"_s, {{u"wait_seconds"_s, 0}}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("status"_L1).toString(), u"Running"_s);
    QVERIFY2(result.text().contains("Do not run it again"_L1), qPrintable(result.text()));
    const Mcp::ToolResult late = bench->call(u"get_code_result"_s, handleIn(result));
    QVERIFY2(!late.isError(), qPrintable(late.text()));
    QCOMPARE(late.structuredContent().value("text"_L1).toString(), u"late"_s);
    QVERIFY(bench->progress.contains("Running on the cluster"_L1));
    QCOMPARE(bench->requests().filter(u"commands/execute"_s).size(), 1);
}

void TestCodeTools::cancelledCodeEnds()
{
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"time.sleep(4000)"_s, {{u"wait_seconds"_s, 0}}));
    bench->requests();
    const QJsonObject handle = handleIn(result);
    const Mcp::ToolResult cancelled = bench->call(u"cancel_code"_s, handle);
    QVERIFY2(!cancelled.isError(), qPrintable(cancelled.text()));
    QCOMPARE(
        bench->requests(),
        QStringList{
            u"POST /api/1.2/commands/cancel {\"clusterId\":\"%1\",\"commandId\":\"%2\",\"contextId\":\"%3\"}"_s.arg(
                Fraud, handle.value("command_id"_L1).toString(), handle.value("context_id"_L1).toString())});
    const Mcp::ToolResult ended = bench->call(u"get_code_result"_s, handle);
    QVERIFY(ended.isError());
    QVERIFY2(ended.text().contains("was cancelled"_L1), qPrintable(ended.text()));
}

void TestCodeTools::aCancelledCallCancelsTheCommand()
{
    std::stop_source stop;
    QTimer::singleShot(600ms, this, [&stop] { stop.request_stop(); });
    QVERIFY(bench->call(u"run_code"_s, code(u"time.sleep(4000)"_s), stop.get_token()).isError());
    QTRY_COMPARE(bench->recorded().filter(u"POST /api/1.2/commands/cancel"_s).size(), 1);
}

void TestCodeTools::aRestartedClusterGetsANewContext()
{
    const Mcp::ToolResult first = bench->call(u"run_code"_s, code(u"x = 1"_s));
    bench->call(u"restart_cluster"_s, {{u"cluster_id"_s, Fraud}});
    QTRY_COMPARE(
        bench->call(u"get_cluster"_s, {{u"cluster_id"_s, Fraud}}).structuredContent().value("state"_L1).toString(),
        u"RUNNING"_s);
    const Mcp::ToolResult second = bench->call(u"run_code"_s, code(u"print(2)"_s));
    QVERIFY2(!second.isError(), qPrintable(second.text()));
    QVERIFY(first.structuredContent().value("context_id"_L1) != second.structuredContent().value("context_id"_L1));
}

void TestCodeTools::commandsSideBySideGetTheirOwnContexts()
{
    const Mcp::ToolResult slow = bench->call(u"run_code"_s, code(u"time.sleep(4000)"_s, {{u"wait_seconds"_s, 0}}));
    const Mcp::ToolResult quick = bench->call(u"run_code"_s, code(u"print(1)"_s));
    QVERIFY2(!quick.isError(), qPrintable(quick.text()));
    QCOMPARE(quick.structuredContent().value("text"_L1).toString(), u"1"_s);
    QVERIFY(slow.structuredContent().value("context_id"_L1) != quick.structuredContent().value("context_id"_L1));
}

void TestCodeTools::theCommandIsSentOnce()
{
    bench->fault({{u"path"_s, u"/api/1.2/commands/execute"_s}, {u"fault"_s, u"truncated"_s}});
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"print(1)"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("may or may not"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().filter(u"commands/execute"_s).size(), 1);
}

void TestCodeTools::aLostQuestionDoesNotLoseTheHandle()
{
    bench->fault({{u"path"_s, u"/api/1.2/commands/status"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"run_code"_s, code(u"print(1)"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("get_code_result"_L1) && result.text().contains("command_id \""_L1),
             qPrintable(result.text()));
}

void TestCodeTools::unknownHandlesGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::newRow("result") << u"get_code_result"_s;
    QTest::newRow("cancel") << u"cancel_code"_s;
}

void TestCodeTools::unknownHandlesGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    const Mcp::ToolResult result =
        bench->call(tool, {{u"cluster_id"_s, Fraud}, {u"context_id"_s, u"17"_s}, {u"command_id"_s, u"18"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("ContextNotFound"_L1), qPrintable(result.text()));
}

void TestCodeTools::idleContextsAreDestroyed()
{
    const Mcp::ToolResult made = bench->call(u"run_code"_s, code(u"1"_s));
    const QString context = made.structuredContent().value("context_id"_L1).toString();
    bench->requests();
    const Tools::CodePlace place{u"bench"_s, u"127.0.0.1"_s, Fraud, u"python"_s};

    Tools::ContextPool pool(50ms);
    pool.add(place, context, bench->workspace());
    QCOMPARE(pool.take(place), QString());
    pool.release(context);
    QCOMPARE(pool.take(place), context);
    pool.release(context);
    QTRY_VERIFY(!bench->recorded().isEmpty());
    QCOMPARE(bench->requests(),
             QStringList{
                 u"POST /api/1.2/contexts/destroy {\"clusterId\":\"%1\",\"contextId\":\"%2\"}"_s.arg(Fraud, context)});
    QCOMPARE(pool.take(place), QString());

    QSignalSpy closed(&pool, &Tools::ContextPool::closed);
    pool.add(place, u"still runs"_s, bench->workspace());
    pool.add(place, u"idle"_s, bench->workspace());
    pool.release(u"idle"_s);
    pool.close();
    QVERIFY(closed.count() == 1 || closed.wait());
    QCOMPARE(bench->requests().size(), 1);
}

void TestCodeTools::contextsOfForgottenCommandsAreDestroyed()
{
    const Mcp::ToolResult left =
        bench->call(u"run_code"_s, code(u"import time\ntime.sleep(40)"_s, {{u"wait_seconds"_s, 0}}));
    const QJsonObject ids = handleIn(left);
    const Tools::CodeHandle command{Fraud, ids.value("context_id"_L1).toString(),
                                    ids.value("command_id"_L1).toString()};
    bench->requests();

    Tools::ContextPool pool(50ms);
    const Tools::CodePlace place{u"bench"_s, u"127.0.0.1"_s, Fraud, u"python"_s};
    pool.add(place, command.contextId, bench->workspace());
    pool.watch(command);
    QTRY_VERIFY(!bench->recorded().isEmpty());
    QVERIFY2(bench->recorded().first().startsWith("GET /api/1.2/commands/status"_L1),
             qPrintable(bench->recorded().first()));
    QCOMPARE(pool.take(place), QString());
    QTRY_COMPARE_WITH_TIMEOUT(bench->recorded().filter(u"contexts/destroy"_s).size(), 1, 30'000);
    const Mcp::ToolResult gone = bench->call(u"get_code_result"_s, ids);
    QVERIFY2(gone.text().contains("ContextNotFound"_L1), qPrintable(gone.text()));
}

void TestCodeTools::coloursAreStripped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    QTest::newRow("none") << u"a < b &lt; <span>"_s << u"a < b &lt; <span>"_s;
    QTest::newRow("colour") << u"\x1b[0;31mred\x1b[0m"_s << u"red"_s;
    QTest::newRow("link") << u"\x1b]8;;http://x\x07text\x1b]8;;\x07"_s << u"text"_s;
    QTest::newRow("spans") << u"<span class=\"ansi-red-fg\">E</span>: a &lt; b &amp;amp;"_s << u"E: a < b &amp;"_s;
}

void TestCodeTools::coloursAreStripped()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    QCOMPARE(Tools::withoutColours(text), plain);
}

QTEST_GUILESS_MAIN(TestCodeTools)
#include "tst_codetools.moc"
