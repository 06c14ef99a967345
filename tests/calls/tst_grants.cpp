#include "calls/grants.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::ApprovalAnswer;
using Calls::ApprovalRequest;
using Calls::Effect;
using Calls::Grants;
using Calls::Reach;

namespace {

const QDateTime noon = QDateTime::fromSecsSinceEpoch(1'800'000'000).toUTC();

const ApprovalAnswer once{true, Reach::ThisCall, {}};
const ApprovalAnswer onTarget{true, Reach::SameTarget, {}};
const ApprovalAnswer onAny{true, Reach::AnyTarget, {}};
const ApprovalAnswer denied{};

Mcp::ToolRequest toolRequest(const QString &cluster = u"1"_s)
{
    return {u"delete_cluster"_s, {{u"cluster_id"_s, cluster}, {u"force"_s, true}}, {u"cursor"_s, u"1.0"_s}, {}};
}

QByteArray key(const QString &cluster = u"1"_s)
{
    return Grants::callKey(toolRequest(cluster), u"work"_s, u"adb-1.net"_s);
}

ApprovalRequest request(const QString &cluster = u"1"_s, qint64 id = 0)
{
    ApprovalRequest request;
    request.callId = id;
    request.client = u"cursor 1.0"_s;
    request.key = u"laptop"_s;
    request.profile = u"work"_s;
    request.workspace = u"adb-1.net"_s;
    request.tool = u"delete_cluster"_s;
    request.effects = Effect::Destroys;
    request.verb = u"Delete a cluster"_s;
    request.object = cluster;
    return request;
}

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
    void aYesForATargetCoversNoOther();
    void aYesForATargetNobodyNamesCoversNothingElse();
    void aYesForAnyTargetCoversTheVerbNotMore_data();
    void aYesForAnyTargetCoversTheVerbNotMore();
    void lateApprovalForAWhile();
    void denialEndsAnApprovalForAWhile();
    void onceInTimeLeavesNothingBehind();
    void callThatIsAskedAboutAgainReplacesTheMissed();
    void grantsAreListedAndRevoked();
    void aKeysGrantsGoWithIt();
};

void GrantsTest::keyTellsDifferentCallsApart()
{
    Mcp::ToolRequest reordered = toolRequest();
    reordered.arguments = {{u"force"_s, true}, {u"cluster_id"_s, u"1"_s}};
    QCOMPARE(Grants::callKey(reordered, u"work"_s, u"adb-1.net"_s), key());

    Mcp::ToolRequest client = toolRequest();
    client.client.name = u"other"_s;
    Mcp::ToolRequest otherKey = toolRequest();
    otherKey.client.key = u"other"_s;
    Mcp::ToolRequest tool = toolRequest();
    tool.tool = u"stop_cluster"_s;
    for (const Mcp::ToolRequest &other : {client, otherKey, tool, toolRequest(u"2"_s)})
        QVERIFY(Grants::callKey(other, u"work"_s, u"adb-1.net"_s) != key());
    QVERIFY(Grants::callKey(toolRequest(), u"work"_s, u"adb-2.net"_s) != key());
    QVERIFY(Grants::callKey(toolRequest(), u"home"_s, u"adb-1.net"_s) != key());
}

void GrantsTest::lateApprovalCountsOnce()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    QVERIFY(!grants.take(key(), request(), noon));
    QVERIFY(grants.answeredLate(7, once, noon.addSecs(60)));
    QVERIFY(!grants.take(key(u"2"_s), request(u"2"_s), noon.addSecs(61)));
    QVERIFY(grants.take(key(), request(), noon.addSecs(62)));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(62)));
    QVERIFY(!grants.answeredLate(7, once, noon.addSecs(63)));
}

void GrantsTest::lateDenialCountsForNothing()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    QVERIFY(grants.answeredLate(7, denied, noon));
    QVERIFY(!grants.take(key(), request(), noon));
}

void GrantsTest::denialTakesAnEarlierApprovalBack()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    grants.missed(key(), request(u"1"_s, 8), noon);
    QVERIFY(grants.answeredLate(7, once, noon));
    QVERIFY(grants.answeredLate(8, denied, noon));
    QVERIFY(!grants.take(key(), request(), noon));
}

void GrantsTest::unknownCallIsNotRemembered()
{
    Grants grants;
    QVERIFY(!grants.answeredLate(7, once, noon));
    QVERIFY(!grants.take(key(), request(), noon));
}

void GrantsTest::approvalEndsAfterAQuarterOfAnHour()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    QVERIFY(grants.answeredLate(7, once, noon));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(15 * 60 + 1)));
}

void GrantsTest::answerThatComesMuchTooLateIsForgotten()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 8), noon);
    QVERIFY(!grants.answeredLate(8, once, noon.addSecs(15 * 60 + 1)));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(15 * 60 + 1)));
}

void GrantsTest::clockThatWasSetBackProlongsNothing()
{
    Grants grants;
    grants.answered(key(), request(), onAny, noon);
    grants.missed(key(), request(u"1"_s, 7), noon);
    QVERIFY(grants.answeredLate(7, once, noon));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(-3600)));
}

void GrantsTest::aYesForATargetCoversNoOther()
{
    Grants grants;
    grants.answered(key(), request(), onTarget, noon);
    QVERIFY(grants.take(key(), request(), noon.addSecs(60)));
    QVERIFY(!grants.take(key(u"2"_s), request(u"2"_s), noon.addSecs(60)));
}

void GrantsTest::aYesForATargetNobodyNamesCoversNothingElse()
{
    Grants grants;
    grants.answered(key(), request(QString()), onTarget, noon);
    QVERIFY(!grants.take(key(), request(QString()), noon));
    QVERIFY(grants.list(noon).isEmpty());
}

void GrantsTest::aYesForAnyTargetCoversTheVerbNotMore_data()
{
    QTest::addColumn<ApprovalRequest>("other");
    const auto row = [](const char *name, const auto &change) {
        ApprovalRequest other = request();
        change(other);
        QTest::newRow(name) << other;
    };
    row("another client", [](ApprovalRequest &other) { other.client = u"other"_s; });
    row("another key", [](ApprovalRequest &other) { other.key = u"other"_s; });
    row("another profile", [](ApprovalRequest &other) { other.profile = u"home"_s; });
    row("another workspace", [](ApprovalRequest &other) { other.workspace = u"adb-2.net"_s; });
    row("another tool", [](ApprovalRequest &other) { other.tool = u"stop_cluster"_s; });
    row("another verb", [](ApprovalRequest &other) { other.verb = u"Permanently delete a cluster"_s; });
    row("a worse effect", [](ApprovalRequest &other) { other.effects |= Effect::Grants; });
}

void GrantsTest::aYesForAnyTargetCoversTheVerbNotMore()
{
    QFETCH(ApprovalRequest, other);
    Grants grants;
    grants.answered(key(), request(), onAny, noon);
    for (int minute = 0; minute <= 15; ++minute) {
        const QString cluster = QString::number(minute);
        const std::optional<QString> words = grants.take(key(cluster), request(cluster), noon.addSecs(minute * 60));
        QVERIFY(words && words->contains("Delete a cluster"_L1));
    }
    QVERIFY(!grants.take(key(), other, noon));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(15 * 60 + 1)));
    QVERIFY(!grants.take(key(), request(), noon));
}

void GrantsTest::lateApprovalForAWhile()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    QVERIFY(grants.answeredLate(7, onAny, noon.addSecs(60)));
    QVERIFY(grants.take(key(), request(), noon.addSecs(61)));
    QVERIFY(grants.take(key(u"2"_s), request(u"2"_s), noon.addSecs(16 * 60)));
    QVERIFY(!grants.take(key(), request(), noon.addSecs(16 * 60 + 1)));
}

void GrantsTest::denialEndsAnApprovalForAWhile()
{
    Grants grants;
    grants.answered(key(), request(), onAny, noon);
    grants.answered(key(u"2"_s), request(u"2"_s), denied, noon);
    QVERIFY(!grants.take(key(), request(), noon));
}

void GrantsTest::onceInTimeLeavesNothingBehind()
{
    Grants grants;
    grants.answered(key(), request(), once, noon);
    QVERIFY(!grants.take(key(), request(), noon));
    QVERIFY(grants.list(noon).isEmpty());
}

void GrantsTest::callThatIsAskedAboutAgainReplacesTheMissed()
{
    Grants grants;
    grants.missed(key(), request(u"1"_s, 7), noon);
    grants.missed(key(u"2"_s), request(u"2"_s, 8), noon);
    QCOMPARE(grants.replaced(key()), QList<qint64>{7});
    QVERIFY(!grants.answeredLate(7, once, noon));
    QVERIFY(grants.answeredLate(8, once, noon));
}

void GrantsTest::grantsAreListedAndRevoked()
{
    Grants grants;
    grants.answered(key(), request(), onTarget, noon);
    grants.answered(key(u"2"_s), request(u"2"_s), onAny, noon.addSecs(60));
    QVERIFY(grants.take(key(), request(), noon.addSecs(61)));
    const QList<Calls::Grant> list = grants.list(noon.addSecs(62));
    QCOMPARE(list.size(), 2);
    QVERIFY(list.at(0).isAnyTarget);
    QCOMPARE(list.at(0).until, noon.addSecs(16 * 60));
    QCOMPARE(list.at(1).target, u"1"_s);
    QCOMPARE(list.at(1).uses, 1);
    QCOMPARE(list.at(1).client, u"cursor 1.0"_s);

    QVERIFY(grants.revoke(list.at(0).id));
    QVERIFY(!grants.revoke(list.at(0).id));
    QVERIFY(!grants.take(key(u"2"_s), request(u"2"_s), noon.addSecs(62)));
    QVERIFY(grants.take(key(), request(), noon.addSecs(62)));
    grants.takeBack();
    QVERIFY(!grants.take(key(), request(), noon.addSecs(62)));
    QVERIFY(grants.list(noon.addSecs(62)).isEmpty());
}

void GrantsTest::aKeysGrantsGoWithIt()
{
    Grants grants;
    ApprovalRequest other = request(u"2"_s, 2);
    other.key = u"desk"_s;
    grants.answered(key(), request(), onTarget, noon);
    grants.answered(key(u"2"_s), other, onTarget, noon);
    grants.missed("late", request(u"3"_s, 3), noon);
    QVERIFY(grants.answeredLate(3, once, noon));
    grants.missed("missed", request(u"4"_s, 4), noon);

    grants.clearOf(u"laptop"_s);
    QVERIFY(!grants.take(key(), request(), noon));
    QVERIFY(!grants.take("late", request(u"3"_s, 3), noon));
    QVERIFY(!grants.answeredLate(4, once, noon));
    QVERIFY(grants.take(key(u"2"_s), other, noon));
}

QTEST_GUILESS_MAIN(GrantsTest)
#include "tst_grants.moc"
