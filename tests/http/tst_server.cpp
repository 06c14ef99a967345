#include "http/accessrules.h"
#include "http/server.h"

#include "rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Http;
using namespace Qt::StringLiterals;

namespace {

const QList<QHostAddress> BothLoopbacks{QHostAddress(QHostAddress::LocalHost),
                                        QHostAddress(QHostAddress::LocalHostIPv6)};

std::optional<Refusal> admitAll(const RequestHead &)
{
    return std::nullopt;
}

/// Answers with what arrived: "METHOD target body".
void echo(const ExchangePtr &exchange)
{
    const Request &request = exchange->request();
    exchange->respond(
        {.contentType = "text/plain", .body = request.head.method + ' ' + request.head.target + ' ' + request.body});
}

bool machineHasIpv6()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHostIPv6);
}

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnBothFamilies();
    void handsOnWhatWasAdmitted_data();
    void handsOnWhatWasAdmitted();
    void decoratesAnswers();
    void answersHeadWithoutABody();
    void mayAnnounceAnotherLength();
    void servesQNetworkAccessManager();
    void keepsTheConnection();
    void closesWhenAsked_data();
    void closesWhenAsked();
    void readsChunkedBodiesSplitAnywhere();
    void readsBodiesByteByByte();
    void saysContinue();
    void refusesBeforeTheBody();
    void refusesInOrder();
    void refusesMalformedRequests_data();
    void refusesMalformedRequests();
    void survivesMutatedRequests();
    void answersTheFirstOfTwoInOneSegment();
    void answersTheFirstWhenASecondComesEarly();
};

void TestServer::answersOnBothFamilies()
{
    Server server({}, admitAll, echo);
    QVERIFY2(server.listen(BothLoopbacks, 0), qPrintable(server.errorString()));
    QVERIFY(server.isListening());
    QVERIFY(server.port() > 0);
    QList<QHostAddress> addresses{QHostAddress(QHostAddress::LocalHost)};
    if (machineHasIpv6())
        addresses += QHostAddress(QHostAddress::LocalHostIPv6);
    for (const QHostAddress &address : addresses) {
        RawClient client(server.port(), address);
        client.send(rawRequest("POST /mcp", {}, "{}"));
        QCOMPARE(client.nextAnswer().body, QByteArray("POST /mcp {}"));
    }
}

void TestServer::handsOnWhatWasAdmitted_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("plain") << rawRequest("POST /mcp?x=%20y");
    QTest::newRow("an authority in the target") << rawRequest("GET //evil/mcp");
    QTest::newRow("escapes that are none") << rawRequest("GET /%zz/%2fa");
    QTest::newRow("an unknown method") << rawRequest("BREW /mcp");
    QTest::newRow("a Host that is none") << QByteArray("GET /mcp HTTP/1.1\r\nHost: a:b:c\r\n\r\n");
}

/// QtHttpServer reads most of these otherwise.
void TestServer::handsOnWhatWasAdmitted()
{
    QFETCH(QByteArray, request);
    RequestHead admitted;
    RequestHead handled;
    Server server(
        {},
        [&admitted](const RequestHead &head) {
            admitted = head;
            return std::optional<Refusal>();
        },
        [&handled](const ExchangePtr &exchange) {
            handled = exchange->request().head;
            echo(exchange);
        });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(request);
    const RawAnswer answer = client.nextAnswer();
    QCOMPARE(answer.status, 200);
    QVERIFY(request.startsWith(QByteArray(handled.method + ' ' + handled.target + " HTTP/1.1\r\n")));
    QCOMPARE(handled.method, admitted.method);
    QCOMPARE(handled.target, admitted.target);
    QCOMPARE(handled.headers, admitted.headers);
    QCOMPARE(handled.peerPort, client.socket.localPort());
}

void TestServer::decoratesAnswers()
{
    Server server({}, admitAll, [](const ExchangePtr &exchange) {
        exchange->respond({.status = 202,
                           .body = "{}",
                           .headers = {{"X-Note", "a\r\nInjected: yes"}, {"Content-Length", "99"}, {"Date", "never"}}});
    });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("GET /"));
    const RawAnswer answer = client.nextAnswer();
    QVERIFY(answer.head.startsWith("HTTP/1.1 202 Accepted\r\n"));
    QCOMPARE(answer.body, QByteArray("{}"));
    QCOMPARE(answer.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answer.header("Content-Length"), QByteArray("2"));
    QCOMPARE(answer.header("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(answer.header("X-Content-Type-Options"), QByteArray("nosniff"));
    QCOMPARE(answer.header("X-Note"), QByteArray("a  Injected: yes"));
    QVERIFY(answer.header("Injected").isNull());
    QVERIFY(answer.header("Connection").isNull());
    QVERIFY(!answer.head.contains("Access-Control"));
    const QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(answer.header("Date")), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    QVERIFY(qAbs(date.secsTo(
                QDateTime(QDateTime::currentDateTimeUtc().date(), QDateTime::currentDateTimeUtc().time()))) < 60);
}

void TestServer::answersHeadWithoutABody()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("HEAD /x"));
    QCOMPARE(client.nextAnswer(true).header("Content-Length"), QByteArray("8"));
    client.send(rawRequest("GET /x"));
    QCOMPARE(client.nextAnswer().body, QByteArray("GET /x "));
    QCOMPARE(client.received, QByteArray());
}

void TestServer::mayAnnounceAnotherLength()
{
    Server server({}, admitAll,
                  [](const ExchangePtr &exchange) { exchange->respond({.body = "cut", .announcedLength = 100}); });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("GET /"));
    QVERIFY(client.waitForEnd());
    QVERIFY(client.received.contains("Content-Length: 100\r\n"));
    QVERIFY(client.received.endsWith("\r\n\r\ncut"));
}

void TestServer::servesQNetworkAccessManager()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    QNetworkAccessManager network;
    const QByteArray body(3 * 1024 * 1024, 'x');
    for (int i = 0; i < 3; ++i) {
        QNetworkRequest request(QUrl(u"http://localhost:%1/mcp"_s.arg(server.port())));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(network.post(request, body));
        QVERIFY(QSignalSpy(reply.get(), &QNetworkReply::finished).wait());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
        QCOMPARE(reply->readAll(), "POST /mcp " + body);
    }
    QCOMPARE(server.connectionCount(), 1);
}

void TestServer::keepsTheConnection()
{
    QList<quint64> ids;
    Server server({}, admitAll, [&ids](const ExchangePtr &exchange) {
        ids += exchange->connectionId();
        echo(exchange);
    });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    for (int i = 0; i < 50; ++i) {
        const QByteArray body = QByteArray::number(i);
        client.send(rawRequest("POST /", {}, body) + (i % 2 ? "\r\n" : "")); // some clients send an empty line more
        QCOMPARE(client.nextAnswer().body, "POST / " + body);
    }
    RawClient other(server.port());
    other.send(rawRequest("GET /"));
    QCOMPARE(other.nextAnswer().status, 200);
    QCOMPARE(ids.count(ids.first()), 50);
    QCOMPARE(ids.size(), 51);
    QCOMPARE(server.connectionCount(), 2);
}

void TestServer::closesWhenAsked_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("close") << rawRequest("GET /", "Connection: close\r\n");
    QTest::newRow("close in a list") << rawRequest("GET /", "Connection: TE, Close\r\n");
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n");
}

void TestServer::closesWhenAsked()
{
    QFETCH(QByteArray, request);
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(request);
    const RawAnswer answer = client.nextAnswer();
    QCOMPARE(answer.body, QByteArray("GET / "));
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QVERIFY(client.waitForEnd());
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestServer::readsChunkedBodiesSplitAnywhere()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    const QByteArray request = rawRequest("POST /", "Transfer-Encoding: chunked\r\n") +
                               "5;x=y\r\nhello\r\n0c\r\n, big\r\nworld\r\n1\r\n!\r\n0\r\n\r\n";
    for (qsizetype split = 1; split < request.size(); ++split) {
        RawClient client(server.port());
        QVERIFY(client.waitForConnected());
        client.socket.write(request.left(split));
        client.socket.flush();
        QTest::qWait(1); // the point is two segments; one would only make the test easier
        client.socket.write(request.mid(split));
        QCOMPARE(client.nextAnswer().body, QByteArray("POST / hello, big\r\nworld!"));
    }
}

void TestServer::readsBodiesByteByByte()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    const QByteArray chunked =
        rawRequest("POST /", "Transfer-Encoding: chunked\r\n") + "2\r\nab\r\n3;e\r\ncde\r\n0\r\n\r\n";
    RawClient client(server.port());
    QVERIFY(client.waitForConnected());
    for (const QByteArray &request : {rawRequest("POST /", {}, "abcde"), chunked, rawRequest("POST /", {}, "abcde")}) {
        for (const char c : request) {
            client.socket.write(&c, 1);
            client.socket.flush();
            QCoreApplication::processEvents();
        }
        QCOMPARE(client.nextAnswer().body, QByteArray("POST / abcde"));
    }
}

void TestServer::saysContinue()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("POST /", "Expect: 100-continue\r\nContent-Length: 4\r\n"));
    QTRY_COMPARE(client.received, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.received.clear();
    client.send("body");
    QCOMPARE(client.nextAnswer().body, QByteArray("POST / body"));
}

void TestServer::refusesBeforeTheBody()
{
    int handled = 0;
    const Refusal no{.status = 403, .reason = u"Not \"you\"."_s, .headers = {{"X-Why", "because"}}};
    Server server(
        {}, [no](const RequestHead &) { return no; }, [&handled](const ExchangePtr &) { ++handled; });
    QVERIFY(server.listen(BothLoopbacks, 0));
    QSignalSpy refused(&server, &Server::refused);
    RawClient client(server.port());
    client.send(rawRequest("POST /mcp?k=v", "Expect: 100-continue\r\nContent-Length: 1000\r\n"));
    const quint16 clientPort = client.socket.localPort();
    const RawAnswer answer = client.nextAnswer();
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.body, QByteArray("{\"error\":\"Not \\\"you\\\".\"}"));
    QCOMPARE(answer.header("X-Why"), QByteArray("because"));
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QVERIFY(client.waitForEnd());
    QCOMPARE(handled, 0);
    QCOMPARE(refused.size(), 1);
    const auto head = refused.first().first().value<RequestHead>();
    QCOMPARE(head.method, QByteArray("POST"));
    QCOMPARE(head.target, QByteArray("/mcp?k=v"));
    QCOMPARE(head.localPort, server.port());
    QCOMPARE(head.peerPort, clientPort);
    QCOMPARE(refused.first().last().value<Refusal>().reason, no.reason);
}

void TestServer::refusesInOrder()
{
    AccessRules rules{.path = u"/mcp"_s};
    rules.keys.add(u"default"_s, "key");
    int handled = 0;
    Limits limits;
    limits.bodyBytes = 10;
    Server server(
        limits, [&rules](RequestHead &head) { return rules.check(head); },
        [&handled](const ExchangePtr &exchange) {
            ++handled;
            echo(exchange);
        });
    QVERIFY(server.listen(BothLoopbacks, 0));

    // Each request mends the fault of the one before it.
    QByteArray line = "PUT /wrong HTTP/1.1\r\n";
    QByteArray host = "Host: evil.example\r\n";
    QByteArray origin = "Origin: http://evil.example\r\n";
    QByteArray key = "Authorization: Bearer wrong\r\n";
    QByteArray type = "Content-Type: text/plain\r\n";
    QByteArray body = "Content-Length: 11\r\n\r\n";
    const auto ask = [&] {
        RawClient client(server.port());
        client.send(line + host + origin + key + type + body);
        const RawAnswer answer = client.nextAnswer();
        if (answer.status != 200 && !QJsonDocument::fromJson(answer.body)[u"error"].isString())
            return -answer.status;
        return answer.status;
    };
    QCOMPARE(ask(), 403);
    host = "Host: localhost:" + QByteArray::number(server.port()) + "\r\n";
    QCOMPARE(ask(), 403);
    origin.clear();
    QCOMPARE(ask(), 404);
    line = "PUT /mcp HTTP/1.1\r\n";
    QCOMPARE(ask(), 405);
    line = "POST /mcp HTTP/1.1\r\n";
    QCOMPARE(ask(), 401);
    key = "Authorization: Bearer key\r\n";
    QCOMPARE(ask(), 415);
    type = "Content-Type: application/json\r\n";
    QCOMPARE(ask(), 413);
    QCOMPARE(handled, 0);
    body = "Content-Length: 8\r\n\r\nnot JSON"; // what is in it is the handler's business
    QCOMPARE(ask(), 200);
    QCOMPARE(handled, 1);
}

void TestServer::refusesMalformedRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("garbage") << QByteArray("hello\r\n");
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\n");
    QTest::newRow("version") << QByteArray("GET / HTTP/9.9\r\n");
    QTest::newRow("lengths") << rawRequest("POST /", "Content-Length: 1\r\nContent-Length: 2\r\n");
    QTest::newRow("smuggled") << rawRequest("POST /", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("hosts") << rawRequest("POST /", "Host: b\r\n");
    QTest::newRow("chunks") << rawRequest("POST /", "Transfer-Encoding: chunked\r\n") + "5\r\nhello!\r\n";
    QTest::newRow("trailers") << rawRequest("POST /", "Transfer-Encoding: chunked\r\n") + "0\r\nA: b\r\n\r\n";
    QTest::newRow("WebSocket") << rawRequest("GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
}

void TestServer::refusesMalformedRequests()
{
    QFETCH(QByteArray, request);
    int handled = 0;
    Server server({}, admitAll, [&handled](const ExchangePtr &) { ++handled; });
    QVERIFY(server.listen(BothLoopbacks, 0));
    QSignalSpy refused(&server, &Server::refused);
    RawClient client(server.port());
    client.send(request);
    const RawAnswer answer = client.nextAnswer();
    QCOMPARE(answer.status, 400);
    QVERIFY(QJsonDocument::fromJson(answer.body)[u"error"].isString());
    client.send(rawRequest("GET /")); // what follows is not read as another request
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received, QByteArray());
    QCOMPARE(refused.size(), 1);
    QCOMPARE(handled, 0);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestServer::survivesMutatedRequests()
{
    Server server({}, admitAll, echo);
    QVERIFY(server.listen(BothLoopbacks, 0));
    const QByteArrayList seeds{rawRequest("POST /mcp", "Connection: close\r\n", "{}"),
                               rawRequest("POST /mcp", "Transfer-Encoding: chunked\r\n") + "2;x\r\n{}\r\n0\r\n\r\n"};
    const QByteArray spice("\r\n\0 :;\t0fx-\x80\xff", 13);
    QRandomGenerator random(20261122);
    for (int i = 0; i < 500; ++i) {
        QByteArray request = seeds[i % seeds.size()];
        for (int change = 0; change <= random.bounded(3); ++change) {
            const int place = random.bounded(int(request.size()));
            const char c = spice[random.bounded(int(spice.size()))];
            request.replace(place, random.bounded(3), QByteArray(random.bounded(3), c));
        }
        RawClient client(server.port());
        client.send(request);
        client.socket.disconnectFromHost(); // after what was written
        QVERIFY(client.waitForEnd());
    }
    QTRY_COMPARE(server.connectionCount(), 0);
    RawClient client(server.port());
    client.send(seeds.first());
    QCOMPARE(client.nextAnswer().body, QByteArray("POST /mcp {}"));
}

void TestServer::answersTheFirstOfTwoInOneSegment()
{
    int handled = 0;
    Server server({}, admitAll, [&handled](const ExchangePtr &exchange) {
        ++handled;
        echo(exchange);
    });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("POST /1", {}, "one") + rawRequest("POST /2", {}, "two"));
    const RawAnswer answer = client.nextAnswer();
    QCOMPARE(answer.body, QByteArray("POST /1 one"));
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received, QByteArray());
    QCOMPARE(handled, 1);
}

void TestServer::answersTheFirstWhenASecondComesEarly()
{
    QList<ExchangePtr> held;
    Server server({}, admitAll, [&held](const ExchangePtr &exchange) { held += exchange; });
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("POST /1", {}, "one"));
    QTRY_COMPARE(held.size(), 1);
    QSignalSpy left(held.first().get(), &Exchange::clientLeft);
    held.first()->beginStream();
    client.send(rawRequest("POST /2", {}, "two"));
    QTRY_VERIFY(client.received.contains("still here"));
    QTest::qWait(20); // time in which the second request would be handled
    QCOMPARE(held.size(), 1);
    QVERIFY(!held.first()->isFinished());
    held.first()->sendEvent("1");
    held.first()->endStream();
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received.count("HTTP/1.1 "), 1);
    QVERIFY(client.received.endsWith("data: 1\n\n\r\n0\r\n\r\n"));
    QCOMPARE(held.size(), 1);
    QCOMPARE(left.size(), 0);
}

QTEST_GUILESS_MAIN(TestServer)

#include "tst_server.moc"
