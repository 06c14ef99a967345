#include "tools/toolbench.h"

#include <QElapsedTimer>
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

private:
    std::unique_ptr<ToolBench> bench;
};

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

QTEST_GUILESS_MAIN(TestToolHost)
#include "tst_toolhost.moc"
