#include "http/server.h"

#include "rawclient.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace Http;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::optional<Refusal> admitAll(const RequestHead &)
{
    return std::nullopt;
}

} // namespace

/// A server whose handler keeps every exchange for the test to answer.
class TestExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void answersLater();
    void streamsEvents();
    void streamsToHttp10();
    void commentsKeepAStreamAlive();
    void saysThatTheClientLeft_data();
    void saysThatTheClientLeft();
    void survivesClientsThatVanish_data();
    void survivesClientsThatVanish();
    void saysNothingAfterTheAnswer();
    void dropsASlowReader();
    void sendsOneLargeEvent();
    void aborts();
    void answersForAForgottenExchange();
    void breaksOffAForgottenStream();
    void mayBeReleasedWhenTheClientLeaves();
    void seesTheServerClose();
    void isHeardThoughTheServerCloses();
    void outlivesTheServer();
    void leaksNothingOnHalfClose();

private:
    void start(const Limits &limits = {});
    /// The exchange of a request that was just sent.
    ExchangePtr nextExchange();

    std::unique_ptr<Server> m_server;
    QList<ExchangePtr> m_held;
};

void TestExchange::start(const Limits &limits)
{
    m_server = std::make_unique<Server>(limits, admitAll, [this](const ExchangePtr &exchange) { m_held += exchange; });
    QVERIFY(m_server->listen({QHostAddress(QHostAddress::LocalHost)}, 0));
}

void TestExchange::cleanup()
{
    m_held.clear();
    m_server.reset();
}

ExchangePtr TestExchange::nextExchange()
{
    return QTest::qWaitFor([this] { return !m_held.isEmpty(); }) ? m_held.takeFirst() : nullptr;
}

void TestExchange::answersLater()
{
    start();
    RawClient first(m_server->port());
    RawClient second(m_server->port());
    first.send(rawRequest("GET /1"));
    const ExchangePtr one = nextExchange();
    second.send(rawRequest("GET /2"));
    const ExchangePtr two = nextExchange();
    QVERIFY(one && two);
    QVERIFY(!one->isFinished());
    QVERIFY(one->connectionId() != two->connectionId());
    two->respond({.body = "2"});
    QCOMPARE(second.nextAnswer().body, QByteArray("2"));
    one->respond({.body = "1"});
    QVERIFY(one->isFinished());
    QCOMPARE(first.nextAnswer().body, QByteArray("1"));
    QCOMPARE(one->request().head.target, QByteArray("/1"));
}

void TestExchange::streamsEvents()
{
    start();
    RawClient client(m_server->port());
    for (int round = 0; round < 2; ++round) { // the connection serves again after a stream
        client.send(rawRequest("GET /"));
        const ExchangePtr exchange = nextExchange();
        QVERIFY(exchange);
        QSignalSpy left(exchange.get(), &Exchange::clientLeft);
        exchange->beginStream();
        QVERIFY(exchange->isStreaming());
        const RawAnswer head = client.nextAnswer(true);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.header("Content-Type"), QByteArray("text/event-stream"));
        QCOMPARE(head.header("Cache-Control"), QByteArray("no-cache, no-transform"));
        QCOMPARE(head.header("X-Accel-Buffering"), QByteArray("no"));
        QCOMPARE(head.header("Transfer-Encoding"), QByteArray("chunked"));
        QTRY_VERIFY(unchunked(client.received).startsWith(':')); // a comment at once
        exchange->sendEvent("{\"a\":1}");
        exchange->sendEvent("two\nlines\r\nor three");
        exchange->sendEvent({});
        exchange->endStream();
        QVERIFY(exchange->isFinished());
        QVERIFY(!exchange->isStreaming());
        exchange->endStream();
        exchange->sendEvent("late");
        QTRY_VERIFY(client.received.endsWith("\r\n0\r\n\r\n"));
        const QByteArray body = unchunked(client.received);
        QCOMPARE(body.mid(body.indexOf("data")),
                 QByteArray("data: {\"a\":1}\n\ndata: two\ndata: lines\ndata: or three\n\ndata: \n\n"));
        client.received.clear();
        QCOMPARE(left.size(), 0);
    }
}

void TestExchange::streamsToHttp10()
{
    start();
    RawClient client(m_server->port());
    client.send("GET / HTTP/1.0\r\n\r\n");
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    exchange->beginStream();
    exchange->sendEvent("x");
    exchange->endStream();
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.received.contains("chunked"));
    QVERIFY(client.received.endsWith("\n\ndata: x\n\n"));
}

void TestExchange::commentsKeepAStreamAlive()
{
    Limits limits;
    limits.keepAliveComment = 20ms;
    start(limits);
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    exchange->beginStream();
    QTRY_VERIFY(client.received.count("\n:") >= 4);
    exchange->endStream();
    QTRY_VERIFY(client.received.endsWith("\r\n0\r\n\r\n"));
    QTest::qWait(60); // three comments' time
    QVERIFY(client.received.endsWith("\r\n0\r\n\r\n"));
}

void TestExchange::saysThatTheClientLeft_data()
{
    QTest::addColumn<bool>("streaming");
    QTest::newRow("before the answer") << false;
    QTest::newRow("in the stream") << true;
}

void TestExchange::saysThatTheClientLeft()
{
    QFETCH(bool, streaming);
    start();
    auto client = std::make_unique<RawClient>(m_server->port());
    client->send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    if (streaming) {
        exchange->beginStream();
        exchange->sendEvent("1");
    }
    client->socket.abort();
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(exchange->isFinished());
    QTRY_COMPARE(m_server->connectionCount(), 0);
    if (streaming) {
        exchange->sendEvent("2");
        exchange->endStream();
    } else {
        exchange->beginStream();
        exchange->respond({});
    }
    exchange->abort();
    QCOMPARE(left.size(), 1);
}

void TestExchange::survivesClientsThatVanish_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("moment");
    const QByteArray whole = rawRequest("POST /", {}, "{}");
    QTest::newRow("before the body is whole") << rawRequest("POST /", "Content-Length: 100\r\n") + "{" << u"body"_s;
    QTest::newRow("inside the handler, which answers") << whole << u"handler"_s;
    QTest::newRow("inside the handler, which streams") << whole << u"handler stream"_s;
    QTest::newRow("inside the handler, which answers later") << whole << u"handler later"_s;
    QTest::newRow("before the answer") << whole << u"answer"_s;
    QTest::newRow("unnoticed before the answer") << whole << u"unnoticed"_s;
    QTest::newRow("in the middle of a big answer") << whole << u"big"_s;
    QTest::newRow("in the middle of a big answer, at once") << whole << u"big at once"_s;
    QTest::newRow("in a stream") << whole << u"stream"_s;
    QTest::newRow("after the answer") << whole << u"after"_s;
    QTest::newRow("after the answer to a second request") << whole << u"second"_s;
}

/// The life of QtHttpServer's responder and of its socket. Whole only under valgrind:
/// valgrind --error-exitcode=9 build-tests/tests/tst_exchange
void TestExchange::survivesClientsThatVanish()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, moment);
    std::unique_ptr<RawClient> client;
    m_server = std::make_unique<Server>(Limits(), admitAll, [&](const ExchangePtr &exchange) {
        m_held += exchange;
        if (!moment.startsWith(u"handler"_s))
            return;
        client->socket.abort();
        if (moment == u"handler stream"_s)
            exchange->beginStream();
        else if (moment == u"handler"_s)
            exchange->respond({.body = "{}"});
    });
    QVERIFY(m_server->listen({QHostAddress(QHostAddress::LocalHost)}, 0));
    const QByteArray big(32 * 1024 * 1024, 'x');
    for (int round = 0; round < 3; ++round) {
        client = std::make_unique<RawClient>(m_server->port());
        client->send(request);
        if (moment == u"body"_s) {
            QTRY_COMPARE(m_server->connectionCount(), 1);
            QTest::qWait(10); // time in which what was sent is read
        } else {
            const ExchangePtr exchange = nextExchange();
            QVERIFY(exchange);
            if (moment == u"stream"_s) {
                exchange->beginStream();
                QTRY_VERIFY(client->received.contains("still here"));
            } else if (moment == u"unnoticed"_s) {
                client->socket.abort();
                exchange->respond({.body = big});
            } else if (moment.startsWith(u"big"_s)) {
                exchange->respond({.body = big});
                QTRY_VERIFY(moment != u"big"_s || client->received.size() > 100'000);
            } else if (moment == u"after"_s || moment == u"second"_s) {
                exchange->respond({.body = "{}"});
                QCOMPARE(client->nextAnswer().body, QByteArray("{}"));
            }
            if (moment == u"second"_s) {
                client->send(request);
                const ExchangePtr second = nextExchange();
                QVERIFY(second);
                second->respond({.body = "2"});
            }
            m_held += exchange;
        }
        client->socket.abort();
        QTRY_COMPARE(m_server->connectionCount(), 0);
        for (const ExchangePtr &late : std::exchange(m_held, {})) {
            QTRY_VERIFY(late->isFinished());
            late->respond({.body = "late"});
            late->abort();
        }
    }
    RawClient next(m_server->port());
    if (moment.startsWith(u"handler"_s))
        return;
    next.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    exchange->respond({.body = "served on"});
    QCOMPARE(next.nextAnswer().body, QByteArray("served on"));
}

void TestExchange::saysNothingAfterTheAnswer()
{
    start();
    auto client = std::make_unique<RawClient>(m_server->port());
    client->send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    exchange->respond({});
    client.reset();
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(left.size(), 0);
}

void TestExchange::dropsASlowReader()
{
    Limits limits;
    limits.unsentBytes = 1024 * 1024;
    start(limits);
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    client.socket.setReadBufferSize(1024); // and so it stops reading
    client.socket.disconnect();
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    exchange->beginStream();
    const QByteArray event(256 * 1024, 'x');
    for (int i = 0; i < 200 && !exchange->isFinished(); ++i) {
        exchange->sendEvent(event);
        QCOMPARE(left.size(), 0); // not from inside the call
        QCoreApplication::processEvents();
        if (!exchange->isFinished())
            QCOMPARE(left.size(), 0);
    }
    QVERIFY(exchange->isFinished());
    QTRY_COMPARE(left.size(), 1);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TestExchange::sendsOneLargeEvent()
{
    Limits limits;
    limits.unsentBytes = 100 * 1024;
    start(limits);
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    exchange->beginStream();
    exchange->sendEvent(QByteArray(20 * 1024 * 1024, 'x'));
    exchange->endStream();
    QTRY_VERIFY(client.received.endsWith("\r\n0\r\n\r\n"));
    QVERIFY(client.received.size() > 20 * 1024 * 1024);
}

void TestExchange::aborts()
{
    start();
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    exchange->abort();
    QVERIFY(exchange->isFinished());
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received, QByteArray());
    QCOMPARE(left.size(), 0);
}

void TestExchange::answersForAForgottenExchange()
{
    start();
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    QVERIFY(nextExchange()); // and let go of
    QCOMPARE(client.nextAnswer().status, 500);
}

void TestExchange::breaksOffAForgottenStream()
{
    start();
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    exchange->beginStream();
    exchange.reset();
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.received.endsWith("0\r\n\r\n"));
}

void TestExchange::mayBeReleasedWhenTheClientLeaves()
{
    start();
    auto client = std::make_unique<RawClient>(m_server->port());
    client->send(rawRequest("GET /"));
    ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    int left = 0;
    connect(exchange.get(), &Exchange::clientLeft, this, [&] {
        ++left;
        exchange.reset();
    });
    client->socket.abort();
    QTRY_COMPARE(left, 1);
    QVERIFY(!exchange);
}

void TestExchange::seesTheServerClose()
{
    start();
    RawClient waiting(m_server->port());
    waiting.send(rawRequest("GET /"));
    const ExchangePtr held = nextExchange();
    RawClient reading(m_server->port());
    reading.send(rawRequest("GET /"));
    const ExchangePtr stream = nextExchange();
    QVERIFY(held && stream);
    stream->beginStream();
    QSignalSpy heldLeft(held.get(), &Exchange::clientLeft);
    QSignalSpy streamLeft(stream.get(), &Exchange::clientLeft);
    m_server->close();
    QCOMPARE(heldLeft.size(), 1);
    QCOMPARE(streamLeft.size(), 1);
    held->respond({});
    stream->sendEvent("x");
    QVERIFY(waiting.waitForEnd());
    QVERIFY(reading.waitForEnd());
    QCOMPARE(waiting.received, QByteArray());
    QCOMPARE(heldLeft.size(), 1);
    QCOMPARE(streamLeft.size(), 1);
}

void TestExchange::isHeardThoughTheServerCloses()
{
    start();
    RawClient asking(m_server->port());
    asking.send(rawRequest("GET /"));
    const ExchangePtr answered = nextExchange();
    RawClient reading(m_server->port());
    reading.send(rawRequest("GET /"));
    const ExchangePtr stream = nextExchange();
    QVERIFY(answered && stream);
    stream->beginStream();
    answered->respond({.body = "{}"});
    stream->sendEvent("last");
    stream->endStream();
    m_server->close();
    QVERIFY(asking.waitForEnd());
    QVERIFY(reading.waitForEnd());
    QVERIFY2(asking.received.endsWith("{}"), asking.received.constData());
    QVERIFY2(reading.received.endsWith("data: last\n\n\r\n0\r\n\r\n"), reading.received.constData());
}

void TestExchange::outlivesTheServer()
{
    start();
    RawClient client(m_server->port());
    client.send(rawRequest("POST /", {}, "kept"));
    ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    m_server.reset();
    QCOMPARE(left.size(), 1);
    exchange->beginStream();
    exchange->sendEvent("x");
    QVERIFY(exchange->isFinished());
    QCOMPARE(exchange->request().body, QByteArray("kept"));
    exchange.reset();
    QVERIFY(client.waitForEnd());
}

void TestExchange::leaksNothingOnHalfClose()
{
#ifdef Q_OS_UNIX
    start();
    RawClient client(m_server->port());
    client.send(rawRequest("GET /"));
    const ExchangePtr exchange = nextExchange();
    QVERIFY(exchange);
    QSignalSpy left(exchange.get(), &Exchange::clientLeft);
    ::shutdown(int(client.socket.socketDescriptor()), SHUT_WR);
    QTRY_COMPARE(left.size(), 1); // Qt closes a connection whose other end has said that it will send no more
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QVERIFY(client.waitForEnd());
#endif
}

QTEST_GUILESS_MAIN(TestExchange)

#include "tst_exchange.moc"
