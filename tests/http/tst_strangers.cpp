#include "http/accessrules.h"
#include "http/server.h"

#include "rawclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

using namespace Http;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray Key = "the-owners-key";
const QByteArray Laptop = "the-laptops-key";

QByteArray requestWith(const QByteArray &key)
{
    return "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n\r\n";
}

} // namespace

/// Who holds connections without a key, and who tries keys, does not keep the owner out.
class TestStrangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void holdersOfConnectionsDoNotStarveTheOwner_data();
    void holdersOfConnectionsDoNotStarveTheOwner();
    void aFloodDoesNotStarveTheOwner();
    void aBurstThatIsSlowToSpeakIsSpared();
    void theOldestStrangerGoesFirst();
    void whoShowedAKeyIsNotDisplaced();
    void aFullHouseOfStrangersGivesWay();
    void aBurstThatHasSpokenIsSpared();
    void aWrongKeyIsAnsweredLate();
    void oneWhoWaitsForItsRefusalHoldsUpNobody();
    void leavingBeforeTheRefusal();
    void aRevokedKeysConnectionsAreClosed();

private:
    using Crowd = std::vector<std::unique_ptr<RawClient>>;

    void serve(const Limits &limits);
    Crowd crowd(int count, const QByteArray &sends = {}) const;
    int statusFor(RawClient &client, const QByteArray &key) const;

    QList<ExchangePtr> m_held;
    std::unique_ptr<Server> m_server;
};

void TestStrangers::init()
{
    m_server.reset();
    m_held.clear();
    serve({});
}

void TestStrangers::serve(const Limits &limits)
{
    AccessRules rules{.path = u"/mcp"_s, .wrongKeyDelay = 500ms};
    rules.keys.add(u"default"_s, Key);
    rules.keys.add(u"laptop"_s, Laptop);
    const auto admit = [rules](RequestHead &head) {
        const QByteArray port = QByteArray::number(head.localPort);
        for (auto &[name, value] : head.headers) {
            if (name == "Host")
                value = "localhost:" + port;
        }
        return rules.check(head);
    };
    m_server = std::make_unique<Server>(limits, admit, [this](const ExchangePtr &exchange) {
        if (exchange->request().head.target == "/mcp?hold")
            m_held += exchange;
        else
            exchange->respond({.body = exchange->request().head.keyName.toUtf8()});
    });
    QVERIFY(m_server->listen({QHostAddress(QHostAddress::LocalHost)}, 0));
}

TestStrangers::Crowd TestStrangers::crowd(int count, const QByteArray &sends) const
{
    Crowd crowd;
    for (int i = 0; i < count; ++i) {
        crowd.push_back(std::make_unique<RawClient>(m_server->port()));
        crowd.back()->waitForConnected();
        if (!sends.isEmpty())
            crowd.back()->send(sends);
    }
    return crowd;
}

int TestStrangers::statusFor(RawClient &client, const QByteArray &key) const
{
    client.send(requestWith(key));
    return client.nextAnswer().status;
}

void TestStrangers::holdersOfConnectionsDoNotStarveTheOwner_data()
{
    QTest::addColumn<QByteArray>("sends");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("GET /mcp HTTP/1.1\r\nHost: local");
    QTest::newRow("line ends") << QByteArray("\r\n\r\n");
    QTest::newRow("a wrong key") << requestWith("wrong");
    QTest::newRow("no key") << rawRequest("GET /mcp");
}

void TestStrangers::holdersOfConnectionsDoNotStarveTheOwner()
{
    QFETCH(QByteArray, sends);
    const Crowd strangers = crowd(Limits().connections, sends);
    RawClient owner(m_server->port());
    QCOMPARE(statusFor(owner, Key), 200);
    // What is left of them when they have had their time is few.
    QVERIFY(QTest::qWaitFor([this] {
        const RawClient another(m_server->port());
        QTest::qWait(20);
        return m_server->connectionCount() <= Limits().strangers + 1;
    }));
    QCOMPARE(statusFor(owner, Key), 200);
}

void TestStrangers::aFloodDoesNotStarveTheOwner()
{
    // They come faster than they are ended, all the while.
    Crowd strangers;
    for (int i = 0; i < 40; ++i) {
        for (int j = 0; j < 50; ++j)
            strangers.push_back(std::make_unique<RawClient>(m_server->port()));
        RawClient owner(m_server->port());
        QCOMPARE(statusFor(owner, Key), 200);
        if (strangers.size() > 1000)
            strangers.erase(strangers.begin(), strangers.begin() + 200);
    }
}

void TestStrangers::aBurstThatIsSlowToSpeakIsSpared()
{
    const Crowd burst = crowd(200);
    for (const auto &client : burst)
        client->send(requestWith(Key));
    for (const auto &client : burst)
        QCOMPARE(client->nextAnswer().status, 200);
}

void TestStrangers::theOldestStrangerGoesFirst()
{
    Limits limits;
    limits.strangers = 3;
    limits.strangerTime = 0ms;
    serve(limits);
    const Crowd strangers = crowd(3);
    QTRY_COMPARE(m_server->connectionCount(), 3);
    const Crowd another = crowd(1);
    QVERIFY(strangers[0]->waitForEnd());
    QVERIFY(strangers[1]->isConnected() && strangers[2]->isConnected() && another[0]->isConnected());
    QCOMPARE(statusFor(*strangers[1], Key), 200); // late, and good
}

void TestStrangers::whoShowedAKeyIsNotDisplaced()
{
    Limits limits;
    limits.connections = 10;
    limits.strangers = 3;
    serve(limits);
    const Crowd owners = crowd(10, requestWith(Key));
    for (const auto &owner : owners)
        QCOMPARE(owner->nextAnswer().status, 200);
    for (int i = 0; i < 5; ++i) {
        RawClient stranger(m_server->port());
        QCOMPARE(stranger.nextAnswer().status, 503);
    }
    for (const auto &owner : owners)
        QCOMPARE(statusFor(*owner, Key), 200);
}

void TestStrangers::aFullHouseOfStrangersGivesWay()
{
    Limits limits;
    limits.connections = 10;
    limits.strangers = 3;
    serve(limits);
    const Crowd owners = crowd(8, requestWith(Key));
    for (const auto &owner : owners)
        QCOMPARE(owner->nextAnswer().status, 200);
    const Crowd strangers = crowd(2);
    QTRY_COMPARE(m_server->connectionCount(), 10);
    RawClient owner(m_server->port());
    QCOMPARE(statusFor(owner, Key), 200);
}

void TestStrangers::aBurstThatHasSpokenIsSpared()
{
    Limits limits;
    limits.strangers = 3;
    serve(limits);
    // All is there before the server takes the first of them.
    Crowd burst;
    for (int i = 0; i < 20; ++i) {
        burst.push_back(std::make_unique<RawClient>(m_server->port()));
        QVERIFY(burst.back()->socket.waitForConnected());
        burst.back()->socket.write(requestWith(Key));
        QVERIFY(burst.back()->socket.waitForBytesWritten());
    }
    for (const auto &client : burst)
        QCOMPARE(client->nextAnswer().status, 200);
}

void TestStrangers::aWrongKeyIsAnsweredLate()
{
    QSignalSpy refused(m_server.get(), &Server::refused);
    RawClient client(m_server->port());
    QVERIFY(client.waitForConnected());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(statusFor(client, "wrong"), 401);
    QVERIFY2(timer.elapsed() >= 450, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(client.waitForEnd());
    QCOMPARE(refused.size(), 1);

    // The right key, in the same packet or later, does not shorten it.
    RawClient eager(m_server->port());
    QVERIFY(eager.waitForConnected());
    timer.start();
    eager.send(requestWith("wrong") + requestWith(Key));
    eager.send(requestWith(Key));
    QCOMPARE(eager.nextAnswer().status, 401);
    QVERIFY(timer.elapsed() >= 450);
    QVERIFY(eager.waitForEnd());
    QCOMPARE(eager.received, QByteArray());
}

void TestStrangers::oneWhoWaitsForItsRefusalHoldsUpNobody()
{
    const Crowd wrong = crowd(20, requestWith("wrong"));
    QElapsedTimer timer;
    timer.start();
    RawClient owner(m_server->port());
    QCOMPARE(statusFor(owner, Key), 200);
    QVERIFY(timer.elapsed() < 400);
    for (const auto &client : wrong)
        QCOMPARE(client->nextAnswer().status, 401);
}

void TestStrangers::leavingBeforeTheRefusal()
{
    QSignalSpy refused(m_server.get(), &Server::refused);
    {
        RawClient client(m_server->port());
        client.send(requestWith("wrong"));
        QTRY_COMPARE(refused.size(), 1);
        client.socket.abort();
    }
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TestStrangers::aRevokedKeysConnectionsAreClosed()
{
    RawClient owner(m_server->port());
    QCOMPARE(statusFor(owner, Key), 200);
    RawClient laptop(m_server->port());
    QCOMPARE(statusFor(laptop, Laptop), 200);
    RawClient waiting(m_server->port());
    waiting.send("GET /mcp?hold HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Laptop + "\r\n\r\n");
    QTRY_COMPARE(m_held.size(), 1);
    QSignalSpy left(m_held.first().get(), &Exchange::clientLeft);
    m_server->closeConnectionsOf(u"laptop"_s);
    QCOMPARE(left.size(), 1);
    QVERIFY(laptop.waitForEnd());
    QVERIFY(waiting.waitForEnd());
    QCOMPARE(statusFor(owner, Key), 200);
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
