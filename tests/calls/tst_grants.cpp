#include "calls/grants.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Approval;
using Calls::Grants;

namespace {

Mcp::ToolRequest request(const QString &cluster = u"1"_s)
{
    return {u"delete_cluster"_s, {{u"cluster_id"_s, cluster}, {u"force"_s, true}}, {u"cursor"_s, u"1.0"_s}, {}};
}

Grants::Key key(const Mcp::ToolRequest &request)
{
    return Grants::key(request, u"work"_s, u"adb-1.net"_s);
}

const QDateTime noon = QDateTime::fromSecsSinceEpoch(1'800'000'000).toUTC();

} // namespace

class GrantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyTellsDifferentCallsApart();
    void lateApprovalCountsOnce();
    void lateDenialCountsForNothing();
    void denialTakesAnEarlierApprovalBack();
    void unknownCallIsNotRemembered();
    void approvalEndsAfterAQuarterOfAnHour();
    void answerThatComesMuchTooLateIsForgotten();
    void clockThatWasSetBackProlongsNothing();
    void approvalForAWhileCoversTheToolNotMore();
    void approvalForAWhileCoversOneKind();
    void lateApprovalForAWhile();
    void denialEndsAnApprovalForAWhile();
    void onceInTimeLeavesNothingBehind();
    void callThatIsAskedAboutAgainReplacesTheMissed();
};

void GrantsTest::keyTellsDifferentCallsApart()
{
    const Grants::Key same = key(request());
    Mcp::ToolRequest reordered = request();
    reordered.arguments = {{u"force"_s, true}, {u"cluster_id"_s, u"1"_s}};
    QCOMPARE(key(reordered).call, same.call);

    Mcp::ToolRequest client = request();
    client.client.name = u"other"_s;
    Mcp::ToolRequest tool = request();
    tool.tool = u"stop_cluster"_s;
    for (const Grants::Key &other : {key(client), key(tool), Grants::key(request(), u"work"_s, u"adb-2.net"_s),
                                     Grants::key(request(), u"home"_s, u"adb-1.net"_s)}) {
        QVERIFY(other.call != same.call);
        QVERIFY(other.tool != same.tool);
    }
    QVERIFY(key(request(u"2"_s)).call != same.call);
    QCOMPARE(key(request(u"2"_s)).tool, same.tool);
}

void GrantsTest::lateApprovalCountsOnce()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(!approvals.take(key(request()), noon));
    QVERIFY(approvals.answeredLate(7, Approval::Once, noon.addSecs(60)));
    QVERIFY(!approvals.take(key(request(u"2"_s)), noon.addSecs(61)));
    QVERIFY(approvals.take(key(request()), noon.addSecs(61)));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(62)));
    QVERIFY(!approvals.answeredLate(7, Approval::Once, noon.addSecs(63)));
}

void GrantsTest::lateDenialCountsForNothing()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answeredLate(7, Approval::Denied, noon));
    QVERIFY(!approvals.take(key(request()), noon));
}

void GrantsTest::denialTakesAnEarlierApprovalBack()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    approvals.missed(8, key(request()), noon);
    QVERIFY(approvals.answeredLate(7, Approval::Once, noon));
    QVERIFY(approvals.answeredLate(8, Approval::Denied, noon));
    QVERIFY(!approvals.take(key(request()), noon));
}

void GrantsTest::unknownCallIsNotRemembered()
{
    Grants approvals;
    QVERIFY(!approvals.answeredLate(7, Approval::Once, noon));
}

void GrantsTest::approvalEndsAfterAQuarterOfAnHour()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answeredLate(7, Approval::Once, noon));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(15 * 60 + 1)));

    approvals.missed(8, key(request()), noon);
    QVERIFY(approvals.answeredLate(8, Approval::Once, noon));
    QVERIFY(approvals.take(key(request()), noon.addSecs(15 * 60)));
}

void GrantsTest::answerThatComesMuchTooLateIsForgotten()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(!approvals.answeredLate(7, Approval::Once, noon.addSecs(15 * 60 + 1)));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(15 * 60 + 1)));
}

void GrantsTest::clockThatWasSetBackProlongsNothing()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answeredLate(7, Approval::Once, noon));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(-3600)));
}

void GrantsTest::approvalForAWhileCoversTheToolNotMore()
{
    Grants approvals;
    approvals.answered(key(request()), Approval::ForAWhile, noon);
    for (int minute = 0; minute <= 15; ++minute)
        QVERIFY(approvals.take(key(request(QString::number(minute))), noon.addSecs(minute * 60)));
    Mcp::ToolRequest other = request();
    other.tool = u"stop_cluster"_s;
    QVERIFY(!approvals.take(key(other), noon));
    other = request();
    other.client.name = u"other"_s;
    QVERIFY(!approvals.take(key(other), noon));
    QVERIFY(!approvals.take(Grants::key(request(), u"work"_s, u"adb-2.net"_s), noon));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(15 * 60 + 1)));
    QVERIFY(!approvals.take(key(request()), noon));
}

void GrantsTest::approvalForAWhileCoversOneKind()
{
    Grants approvals;
    approvals.answered(key(request()).ofKind(u"writes"_s), Approval::ForAWhile, noon);
    QVERIFY(approvals.take(key(request(u"2"_s)).ofKind(u"writes"_s), noon));
    QVERIFY(!approvals.take(key(request()).ofKind(u"destroys"_s), noon));
}

void GrantsTest::lateApprovalForAWhile()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answeredLate(7, Approval::ForAWhile, noon.addSecs(60)));
    QVERIFY(approvals.take(key(request()), noon.addSecs(61)));
    QVERIFY(approvals.take(key(request(u"2"_s)), noon.addSecs(16 * 60)));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(16 * 60 + 1)));
}

void GrantsTest::denialEndsAnApprovalForAWhile()
{
    Grants approvals;
    approvals.answered(key(request()), Approval::ForAWhile, noon);
    approvals.answered(key(request(u"2"_s)), Approval::Denied, noon);
    QVERIFY(!approvals.take(key(request()), noon));
}

void GrantsTest::onceInTimeLeavesNothingBehind()
{
    Grants approvals;
    approvals.answered(key(request()), Approval::Once, noon);
    QVERIFY(!approvals.take(key(request()), noon));
}

void GrantsTest::callThatIsAskedAboutAgainReplacesTheMissed()
{
    Grants approvals;
    approvals.missed(7, key(request()), noon);
    approvals.missed(8, key(request(u"2"_s)), noon);
    QCOMPARE(approvals.replaced(key(request())), QList<qint64>{7});
    QVERIFY(!approvals.answeredLate(7, Approval::Once, noon));
    QVERIFY(approvals.answeredLate(8, Approval::Once, noon));
}

QTEST_GUILESS_MAIN(GrantsTest)
#include "tst_grants.moc"
