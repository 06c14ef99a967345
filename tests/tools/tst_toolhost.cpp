#include "tools/toolbench.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::Decision;
using Calls::Outcome;
using Calls::Record;

namespace {

const QJsonObject AmericasId{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
const QString StopAmericas = u"POST /api/2.1/clusters/delete {\"cluster_id\":\"0730-172948-runts698\"}"_s;

} // namespace

/// What the person decides about calls, through to what the model is told and what reaches the workspace.
class TestToolHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void lateApprovalLetsTheRepeatedCallThroughOnce();
    void lateDenialLeavesTheQuestionOpen();
    void exceptionBeatsTheEffectAndReadOnlyBeatsIt();
    void cancelledByThePerson();
    void approvedForAWhileIsNotForWorse();
    void waitsEndInTime();
    void theCardShowsExactlyWhatRuns();
    void aCardTooLargeToBeShownCannotBeAllowed();
    void readOnlyIsAskedAgainAfterTheApproval();
    void readOnlyStopsTheNextChangeOfACallUnderWay();
    void anotherWorkspaceLetsNothingThroughThatWaited();
    void theModelReadsTheNoteOfADenial();
    void whatTheYesCoversSaysSo();
    void theYesForAnEmptySchemaIsNoneForAFullOne();
    void theYesForACatalogsTableIsNoneForASchemas();
    void aToolThatIsOffSaysWhoCanSwitchItOn();
    void adviceSaysWhichToolsAreOff();
    void formerNamesStillCall();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestToolHost::aToolThatIsOffSaysWhoCanSwitchItOn()
{
    bench->toolsets = Tools::resolveToolsets({});
    bench->reset();
    QVERIFY(!bench->offered().contains(u"create_cluster"_s));
    const Mcp::ToolResult off = bench->call(u"create_cluster"_s, {{u"cluster_name"_s, u"x"_s}});
    QVERIFY(off.isError());
    for (const auto words : {"create_cluster is off"_L1, "cluster_admin"_L1, "settings"_L1, "Nothing was done"_L1})
        QVERIFY2(off.text().contains(words), qPrintable(off.text()));
    QCOMPARE(bench->log().latest(1).first().outcome, Outcome::Refused);

    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    const Mcp::ToolResult kept = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(kept.isError());
    QVERIFY2(kept.text().contains("stop_cluster is off: Bricktray is set to read-only"_L1), qPrintable(kept.text()));
    // All that keeps it off, at once.
    const Mcp::ToolResult both = bench->call(u"create_cluster"_s, {{u"cluster_name"_s, u"x"_s}});
    for (const auto words : {"read-only"_L1, "cluster_admin"_L1})
        QVERIFY2(both.text().contains(words), qPrintable(both.text()));
    const Mcp::ToolResult sql =
        bench->call(u"query_sql"_s, {{u"statement"_s, u"CREATE TABLE main.default.t (a INT)"_s}});
    QVERIFY2(sql.text().contains("read-only"_L1) && !sql.text().contains("execute_sql"_L1), qPrintable(sql.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestToolHost::adviceSaysWhichToolsAreOff()
{
    bench->toolsets = {u"access"_s, u"catalog_admin"_s};
    bench->reset();
    const QJsonObject table{{u"object_type"_s, u"table"_s}, {u"object_id"_s, u"main.sales.orders"_s}};
    const Mcp::ToolResult all = bench->call(u"get_permissions"_s, table);
    QVERIFY2(all.text().contains("list_grants and update_grants"_L1) && !all.text().contains("Off here"_L1),
             qPrintable(all.text()));
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    const Mcp::ToolResult some = bench->call(u"get_permissions"_s, table);
    QVERIFY2(some.text().contains("Off here until the person switches it on: update_grants (read-only)."_L1),
             qPrintable(some.text()));
    bench->toolsets = {u"access"_s};
    bench->reset();
    const Mcp::ToolResult none = bench->call(u"get_permissions"_s, table);
    QVERIFY2(none.text().contains("list_grants (toolset catalog_admin), update_grants (toolset catalog_admin)."_L1),
             qPrintable(none.text()));

    // What a good answer advises, in both forms; not what stands in its data.
    bench->toolsets = {u"jobs"_s};
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    const QJsonArray runs = bench->call(u"list_runs"_s, {{u"failed_only"_s, true}, {u"limit"_s, 1}})
                                .structuredContent()
                                .value("runs"_L1)
                                .toArray();
    const Mcp::ToolResult why = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, runs[0]["run_id"_L1]}});
    const QString off = u"Off here until the person switches it on: repair_run"_s;
    QVERIFY2(why.text().contains(off), qPrintable(why.text()));
    QVERIFY(why.structuredContent().value("note"_L1).toString().contains(off));
}

void TestToolHost::formerNamesStillCall()
{
    QVERIFY(!bench->offered().contains(u"diagnose_run"_s));
    const Mcp::ToolResult result = bench->call(u"diagnose_run"_s, {{u"run_id"_s, u"1"_s}});
    QVERIFY2(result.text().contains("list_runs"_L1), qPrintable(result.text()));
}

void TestToolHost::lateApprovalLetsTheRepeatedCallThroughOnce()
{
    bench = std::make_unique<ToolBench>(Calls::ApprovalTimes{.answer = 20ms});
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    const Mcp::ToolResult waiting = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(waiting.isError());
    QVERIFY2(waiting.text().contains("waits for approval in Bricktray"_L1), qPrintable(waiting.text()));
    QVERIFY(!bench->requests().contains(StopAmericas));
    const Record missed = bench->log().latest(1).first();
    QCOMPARE(missed.outcome, Outcome::Refused);
    QVERIFY(missed.canApproveLate);

    bench->log().approvals().answer(missed.id, Calls::ApprovalAnswer{true});
    const Mcp::ToolResult done = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY2(!done.isError(), qPrintable(done.text()));
    QCOMPARE(bench->log().latest(1).first().outcome, Outcome::Succeeded);

    QVERIFY(bench->call(u"stop_cluster"_s, AmericasId).isError());
}

void TestToolHost::lateDenialLeavesTheQuestionOpen()
{
    bench = std::make_unique<ToolBench>(Calls::ApprovalTimes{.answer = 20ms});
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->call(u"stop_cluster"_s, AmericasId);
    bench->log().approvals().answer(bench->log().latest(1).first().id, Calls::ApprovalAnswer{});
    QVERIFY(bench->call(u"stop_cluster"_s, AmericasId).isError());
    QVERIFY(!bench->requests().contains(StopAmericas));
}

void TestToolHost::exceptionBeatsTheEffectAndReadOnlyBeatsIt()
{
    bench->policy.exceptions = {{u"start_cluster"_s, Decision::Deny}, {u"list_clusters"_s, Decision::Deny}};
    bench->reset();
    const Mcp::ToolResult denied = bench->call(u"start_cluster"_s, AmericasId);
    QVERIFY2(denied.text().contains("does not allow"_L1), qPrintable(denied.text()));
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(!bench->call(u"stop_cluster"_s, AmericasId).isError());
    QVERIFY(!bench->call(u"list_clusters"_s).isError());

    bench->policy.exceptions = {{u"start_cluster"_s, Decision::Allow}};
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    QVERIFY(!bench->offered().contains("start_cluster"_L1));
}

void TestToolHost::cancelledByThePerson()
{
    connect(
        &bench->log(), &Calls::CallLog::changed, bench.get(),
        [this](const Record &record) {
            if (record.outcome == Outcome::Running && record.progress >= 0)
                bench->log().cancel(record.id);
        },
        Qt::QueuedConnection);
    const QJsonObject arguments{{u"cluster_id"_s, u"0730-172948-runts698"_s}, {u"wait"_s, true}};
    const Mcp::ToolResult result = bench->call(u"start_cluster"_s, arguments);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("cancelled this call"_L1), qPrintable(result.text()));
    const Record record = bench->log().latest(1).first();
    QCOMPARE(record.outcome, Outcome::Cancelled);
    QCOMPARE(record.message, u"Cancelled in Bricktray's window"_s);
}

void TestToolHost::approvedForAWhileIsNotForWorse()
{
    bench = std::make_unique<ToolBench>(Calls::ApprovalTimes{.answer = 2000ms});
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    int asked = 0;
    connect(
        &bench->log(), &Calls::CallLog::changed, bench.get(),
        [&](const Record &record) {
            if (record.outcome == Outcome::Waiting)
                bench->log().approvals().answer(record.id, asked++ == 0
                                                               ? Calls::ApprovalAnswer{true, Calls::Reach::AnyTarget}
                                                               : Calls::ApprovalAnswer{});
        },
        Qt::QueuedConnection);
    const auto request = [](const QString &method, const QString &path) {
        return QJsonObject{{u"method"_s, method}, {u"path"_s, path}, {u"body"_s, QJsonObject{{u"path"_s, u"/x"_s}}}};
    };
    const QString mkdirs = u"/api/2.0/workspace/mkdirs"_s;
    QVERIFY(!bench->call(u"call_api"_s, request(u"POST"_s, mkdirs)).isError());
    QVERIFY(!bench->call(u"call_api"_s, request(u"POST"_s, mkdirs)).isError());
    QCOMPARE(asked, 1);
    QVERIFY(bench->call(u"call_api"_s, request(u"POST"_s, u"/api/2.0/workspace/delete"_s)).isError());
    QCOMPARE(asked, 2);
}

void TestToolHost::waitsEndInTime()
{
    bench->answerTime = std::chrono::seconds(1);
    bench->reset();
    QElapsedTimer waited;
    waited.start();
    const QJsonObject arguments{{u"cluster_id"_s, u"0730-172948-runts698"_s}, {u"wait"_s, true}};
    const Mcp::ToolResult result = bench->call(u"start_cluster"_s, arguments);
    QVERIFY2(!result.isError() && result.text().contains("still starting"_L1), qPrintable(result.text()));
    QVERIFY(waited.elapsed() < 5000);
}

/// Two projections of a call: masked for the journal, exact for who has to approve it.
void TestToolHost::theCardShowsExactlyWhatRuns()
{
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    bench->log().keepSecret(u"dapi-the-token-of-this-program"_s);
    bench->answerEach([](const Calls::ApprovalRequest &) { return Calls::ApprovalAnswer{}; });
    const QString sql = u"DELETE FROM samples.nyctaxi.trips WHERE x = 1 -- -----BEGIN PRIVATE KEY-----\n OR true\n"
                        "-- -----END PRIVATE KEY----- dapi-the-token-of-this-program"_s;
    bench->call(u"execute_sql"_s, {{u"statement"_s, sql}, {u"row_limit"_s, 5}});
    const QJsonObject body{{u"some_secret"_s, u"DROP everything"_s}, {u"name"_s, u"x"_s}};
    bench->call(u"call_api"_s, {{u"method"_s, u"POST"_s}, {u"path"_s, u"/api/2.0/x"_s}, {u"body"_s, body}});
    bench->call(u"put_secret"_s, {{u"scope"_s, u"s"_s}, {u"key"_s, u"k"_s}, {u"value"_s, u"hunter2-hunter2"_s}});
    QCOMPARE(bench->cards.size(), 3);
    const auto textOf = [this](int card, const QString &name) {
        for (const Calls::Passage &passage : bench->cards.at(card).passages) {
            if (passage.name == name)
                return passage.text;
        }
        return QString();
    };
    QCOMPARE(bench->cards.at(0).passages.constFirst().name, u"statement"_s);
    QVERIFY(textOf(0, u"statement"_s).contains("OR true"_L1));
    QVERIFY(!textOf(0, u"statement"_s).contains("dapi-the-token"_L1));
    QVERIFY(textOf(1, u"body"_s).contains("DROP everything"_L1));
    QVERIFY(!textOf(2, u"value"_s).contains("hunter2"_L1));
    for (const Record &record : bench->log().latest(10)) {
        const QByteArray kept = QJsonDocument(record.arguments).toJson();
        for (const char *hidden : {"OR true", "DROP everything", "hunter2", "dapi-the-token"})
            QVERIFY2(!kept.contains(hidden), kept.constData());
    }
}

void TestToolHost::aCardTooLargeToBeShownCannotBeAllowed()
{
    bench = std::make_unique<ToolBench>(Calls::ApprovalTimes{.answer = 300ms});
    bench->policy = ToolBench::rules(Decision::Ask, Decision::Ask);
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) { return Calls::ApprovalAnswer{true}; });
    const QString code = u"print(1)\n"_s.repeated(40'000);
    const QJsonObject arguments{
        {u"cluster_id"_s, u"0730-172948-runts698"_s}, {u"language"_s, u"python"_s}, {u"code"_s, code}};
    QVERIFY(bench->call(u"run_code"_s, arguments).isError());
    QCOMPARE(bench->cards.size(), 1);
    QVERIFY(bench->cards.constFirst().isTooLarge);
    QVERIFY(bench->requests().filter(u"commands/execute"_s).isEmpty());
}

void TestToolHost::readOnlyIsAskedAgainAfterTheApproval()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([this](const Calls::ApprovalRequest &) {
        bench->session().inForce->change({.mode = Calls::Mode::ReadOnly});
        return Calls::ApprovalAnswer{true};
    });
    const Mcp::ToolResult result = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("read-only"_L1), qPrintable(result.text()));
    QVERIFY(!bench->requests().contains(StopAmericas));
}

void TestToolHost::readOnlyStopsTheNextChangeOfACallUnderWay()
{
    // It reads for a while before it changes anything: the first answer is what makes the workspace read-only.
    connect(&bench->log(), &Calls::CallLog::changed, bench.get(), [this](const Record &record) {
        if (!record.exchanges.isEmpty())
            bench->session().inForce->change({.mode = Calls::Mode::ReadOnly});
    });
    const Mcp::ToolResult result = bench->call(u"restart_cluster"_s, {{u"cluster_id"_s, u"0527-061205-l3ph6de2"_s}});
    const QStringList sent = bench->requests();
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("read-only"_L1), qPrintable(result.text()));
    QVERIFY2(sent.filter(QRegularExpression(u"^POST"_s)).isEmpty(), qPrintable(sent.join(u'\n')));
}

void TestToolHost::anotherWorkspaceLetsNothingThroughThatWaited()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([this](const Calls::ApprovalRequest &) {
        bench->session().inForce->end();
        return Calls::ApprovalAnswer{true};
    });
    const Mcp::ToolResult result = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("another workspace"_L1), qPrintable(result.text()));
    QVERIFY(!bench->requests().contains(StopAmericas));
}

void TestToolHost::theModelReadsTheNoteOfADenial()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) {
        return Calls::ApprovalAnswer{false, Calls::Reach::ThisCall, u"use staging instead"_s};
    });
    const Mcp::ToolResult result = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY2(result.text().contains("use staging instead"_L1), qPrintable(result.text()));
}

void TestToolHost::whatTheYesCoversSaysSo()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) {
        return Calls::ApprovalAnswer{true, Calls::Reach::SameTarget, {}};
    });
    QVERIFY(!bench->call(u"stop_cluster"_s, AmericasId).isError());
    QVERIFY(bench->log().latest(1).first().permission.isEmpty());
    QVERIFY(!bench->call(u"stop_cluster"_s, AmericasId).isError());
    QCOMPARE(bench->cards.size(), 1);
    QVERIFY(bench->log().latest(1).first().permission.contains("15 minutes"_L1));
}

void TestToolHost::theYesForAnEmptySchemaIsNoneForAFullOne()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) {
        return Calls::ApprovalAnswer{true, Calls::Reach::SameTarget, {}};
    });
    const QString schema = u"logistics.shipments"_s;
    QVERIFY(bench->call(u"delete_schema"_s, {{u"full_name"_s, schema}}).isError());
    bench->call(u"delete_schema"_s, {{u"full_name"_s, schema}, {u"force"_s, true}});
    QCOMPARE(bench->cards.size(), 2);
}

void TestToolHost::theYesForACatalogsTableIsNoneForASchemas()
{
    bench->policy = ToolBench::rules(Decision::Allow, Decision::Ask);
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) {
        return Calls::ApprovalAnswer{true, Calls::Reach::SameTarget, {}};
    });
    const QString statement = u"DELETE FROM nothere WHERE true"_s;
    bench->call(u"execute_sql"_s, {{u"statement"_s, statement}, {u"catalog"_s, u"logistics"_s}});
    bench->call(u"execute_sql"_s, {{u"statement"_s, statement}, {u"schema"_s, u"logistics"_s}});
    QCOMPARE(bench->cards.size(), 2);
}

QTEST_GUILESS_MAIN(TestToolHost)
#include "tst_toolhost.moc"
