#include "calls/approvals.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Approvals;

namespace {

Mcp::ToolRequest request(const QString &cluster = u"1"_s)
{
    return {u"delete_cluster"_s, {{u"cluster_id"_s, cluster}, {u"force"_s, true}}, {u"cursor"_s, u"1.0"_s}, {}};
}

QByteArray key(const Mcp::ToolRequest &request)
{
    return Approvals::key(request, u"work"_s, u"adb-1.net"_s);
}

const QDateTime noon = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

} // namespace

class ApprovalsTest : public QObject
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
};

void ApprovalsTest::keyTellsDifferentCallsApart()
{
    const QByteArray same = key(request());
    Mcp::ToolRequest reordered = request();
    reordered.arguments = {{u"force"_s, true}, {u"cluster_id"_s, u"1"_s}};
    QCOMPARE(key(reordered), same);

    Mcp::ToolRequest client = request();
    client.client.name = u"other"_s;
    Mcp::ToolRequest tool = request();
    tool.tool = u"stop_cluster"_s;
    QVERIFY(key(request(u"2"_s)) != same);
    QVERIFY(key(client) != same);
    QVERIFY(key(tool) != same);
    QVERIFY(Approvals::key(request(), u"work"_s, u"adb-2.net"_s) != same);
    QVERIFY(Approvals::key(request(), u"home"_s, u"adb-1.net"_s) != same);
}

void ApprovalsTest::lateApprovalCountsOnce()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(!approvals.take(key(request()), noon));
    QVERIFY(approvals.answered(7, true, noon.addSecs(60)));
    QVERIFY(!approvals.take(key(request(u"2"_s)), noon.addSecs(61)));
    QVERIFY(approvals.take(key(request()), noon.addSecs(61)));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(62)));
    QVERIFY(!approvals.answered(7, true, noon.addSecs(63)));
}

void ApprovalsTest::lateDenialCountsForNothing()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answered(7, false, noon));
    QVERIFY(!approvals.take(key(request()), noon));
}

void ApprovalsTest::denialTakesAnEarlierApprovalBack()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    approvals.missed(8, key(request()), noon);
    QVERIFY(approvals.answered(7, true, noon));
    QVERIFY(approvals.answered(8, false, noon));
    QVERIFY(!approvals.take(key(request()), noon));
}

void ApprovalsTest::unknownCallIsNotRemembered()
{
    Approvals approvals;
    QVERIFY(!approvals.answered(7, true, noon));
}

void ApprovalsTest::approvalEndsAfterAQuarterOfAnHour()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answered(7, true, noon));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(15 * 60 + 1)));

    approvals.missed(8, key(request()), noon);
    QVERIFY(approvals.answered(8, true, noon));
    QVERIFY(approvals.take(key(request()), noon.addSecs(15 * 60)));
}

void ApprovalsTest::answerThatComesMuchTooLateIsForgotten()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(!approvals.answered(7, true, noon.addSecs(15 * 60 + 1)));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(15 * 60 + 1)));
}

void ApprovalsTest::clockThatWasSetBackProlongsNothing()
{
    Approvals approvals;
    approvals.missed(7, key(request()), noon);
    QVERIFY(approvals.answered(7, true, noon));
    QVERIFY(!approvals.take(key(request()), noon.addSecs(-3600)));
}

QTEST_GUILESS_MAIN(ApprovalsTest)
#include "tst_approvals.moc"
