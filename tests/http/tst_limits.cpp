#include "http/server.h"

#include "rawclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace Http;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QList<QHostAddress> Loopback{QHostAddress(QHostAddress::LocalHost)};

std::optional<Refusal> admitAll(const RequestHead &)
{
    return std::nullopt;
}

void reportSize(const ExchangePtr &exchange)
{
    exchange->respond({.contentType = "text/plain", .body = QByteArray::number(exchange->request().body.size())});
}

/// Of this process, in bytes; 0 where it can't be told. AddressSanitizer keeps what was freed.
qint64 residentMemory()
{
#ifdef __SANITIZE_ADDRESS__
    return 0;
#endif
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
}

} // namespace

class TestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesAnAnnouncedUploadAtOnce();
    void keepsMemoryFlatUnderAnUpload();
    void letsAClientReadWhyItsUploadWasRefused();
    void limitsChunkedBodies_data();
    void limitsChunkedBodies();
    void takesABodyOfExactlyTheLimit();
    void limitsTheHead_data();
    void limitsTheHead();
    void endsSlowRequests_data();
    void endsSlowRequests();
    void sparesASlowHandler();
    void endsIdleConnections();
    void newConnectionsHaveLessTime();
    void turnsTheNextConnectionAway();
};

void TestLimits::refusesAnAnnouncedUploadAtOnce()
{
    Server server({}, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    QSignalSpy refused(&server, &Server::refused);
    RawClient client(server.port());
    client.send(rawRequest("POST /", "Expect: 100-continue\r\nContent-Length: 104857600\r\n"));
    QCOMPARE(client.nextAnswer().status, 413);
    QVERIFY(client.waitForEnd());
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().last().value<Refusal>().status, 413);
}

void TestLimits::keepsMemoryFlatUnderAnUpload()
{
    Server server({}, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    RawClient client(server.port());
    client.send(rawRequest("POST /", "Content-Length: 104857600\r\n"));
    const QByteArray piece(1024 * 1024, 'x');
    const qint64 before = residentMemory();
    qint64 highest = before;
    int sent = 0;
    for (; sent < 100 && client.isConnected(); ++sent) {
        client.socket.write(piece);
        QTRY_VERIFY(client.socket.bytesToWrite() == 0 || !client.isConnected());
        highest = std::max(highest, residentMemory());
    }
    QCOMPARE(client.nextAnswer().status, 413);
    QVERIFY2(highest - before < 32 * 1024 * 1024, qPrintable(QString::number(highest - before)));
}

void TestLimits::letsAClientReadWhyItsUploadWasRefused()
{
    Server server({}, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.port())));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(network.post(request, QByteArray(20 * 1024 * 1024, 'x')));
    QVERIFY(QSignalSpy(reply.get(), &QNetworkReply::finished).wait());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 413);
    QVERIFY(reply->readAll().contains("larger than 4194304 bytes"));
}

void TestLimits::limitsChunkedBodies_data()
{
    QTest::addColumn<QByteArray>("chunks");
    QTest::addColumn<int>("status");
    QTest::newRow("at the limit") << QByteArray("64\r\n" + QByteArray(100, 'x') + "\r\n0\r\n\r\n") << 200;
    QTest::newRow("above, announced") << QByteArray("65\r\n") << 413;
    QTest::newRow("4 GiB announced") << QByteArray("ffffffff\r\n") << 413;
    QTest::newRow("above, by bytes") << QByteArray("1\r\nx\r\n").repeated(101) << 413;
    QTest::newRow("extensions without end") << QByteArray("1;" + QByteArray(2000, 'x')) << 413;
}

void TestLimits::limitsChunkedBodies()
{
    QFETCH(QByteArray, chunks);
    Limits limits;
    limits.bodyBytes = 100;
    limits.headBytes = 1000;
    Server server(limits, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    RawClient client(server.port());
    client.send(rawRequest("POST /", "Transfer-Encoding: chunked\r\n") + chunks);
    QTEST(client.nextAnswer().status, "status");
}

void TestLimits::takesABodyOfExactlyTheLimit()
{
    Server server({}, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    const qint64 limit = Limits().bodyBytes;
    RawClient client(server.port());
    client.send(rawRequest("POST /", {}, QByteArray(limit, 'x')));
    QCOMPARE(client.nextAnswer().body, QByteArray::number(limit));
    client.send(rawRequest("POST /", {}, QByteArray(limit + 1, 'x')));
    QCOMPARE(client.nextAnswer().status, 413);
}

void TestLimits::limitsTheHead_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("15 KiB header") << rawRequest("GET /", "A: " + QByteArray(15 * 1024, 'x') + "\r\n") << 200;
    QTest::newRow("16 KiB header") << rawRequest("GET /", "A: " + QByteArray(16 * 1024, 'x') + "\r\n") << 431;
    QTest::newRow("many headers") << rawRequest("GET /", QByteArray("A: b\r\n").repeated(101)) << 431;
    QTest::newRow("5 MB line") << QByteArray(5000000, 'x') << 431;
    QTest::newRow("5 MB header") << "GET / HTTP/1.1\r\nA: " + QByteArray(5000000, 'x') << 431;
}

void TestLimits::limitsTheHead()
{
    QFETCH(QByteArray, request);
    Server server({}, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    RawClient client(server.port());
    client.send(request);
    QTEST(client.nextAnswer().status, "status");
}

void TestLimits::endsSlowRequests_data()
{
    QTest::addColumn<QByteArray>("begun");
    QTest::newRow("one byte") << QByteArray("P");
    QTest::newRow("half a head") << QByteArray("POST / HTTP/1.1\r\nHost: local");
    QTest::newRow("half a body") << rawRequest("POST /", "Content-Length: 10\r\n") + "12345";
    QTest::newRow("half a chunk") << rawRequest("POST /", "Transfer-Encoding: chunked\r\n") + "5\r\nhe";
}

void TestLimits::endsSlowRequests()
{
    QFETCH(QByteArray, begun);
    Limits limits;
    limits.requestTime = 100ms;
    Server server(limits, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    QSignalSpy refused(&server, &Server::refused);
    RawClient client(server.port());
    client.send(begun);
    QCOMPARE(client.nextAnswer().status, 408);
    QVERIFY(client.waitForEnd());
    QCOMPARE(refused.size(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestLimits::sparesASlowHandler()
{
    Limits limits;
    limits.requestTime = 50ms;
    limits.idleTime = 50ms;
    QList<ExchangePtr> held;
    Server server(limits, admitAll, [&held](const ExchangePtr &exchange) { held += exchange; });
    QVERIFY(server.listen(Loopback, 0));
    RawClient client(server.port());
    client.send(rawRequest("GET /"));
    QTRY_COMPARE(held.size(), 1);
    QTest::qWait(200); // longer than both limits
    held.first()->respond({});
    QCOMPARE(client.nextAnswer().status, 200);
}

void TestLimits::endsIdleConnections()
{
    Limits limits;
    limits.idleTime = 100ms;
    Server server(limits, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    QSignalSpy refused(&server, &Server::refused);
    RawClient silent(server.port());
    RawClient served(server.port());
    served.send(rawRequest("GET /"));
    QCOMPARE(served.nextAnswer().status, 200);
    QVERIFY(served.waitForEnd());
    QVERIFY(silent.waitForEnd());
    QCOMPARE(silent.received, QByteArray());
    QCOMPARE(served.received, QByteArray());
    QCOMPARE(refused.size(), 0);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestLimits::newConnectionsHaveLessTime()
{
    Limits limits;
    limits.firstTime = 100ms;
    Server server(limits, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    RawClient silent(server.port());
    RawClient served(server.port());
    served.send(rawRequest("GET /"));
    QCOMPARE(served.nextAnswer().status, 200);
    QVERIFY(silent.waitForEnd());
    served.send(rawRequest("GET /"));
    QCOMPARE(served.nextAnswer().status, 200);
}

void TestLimits::turnsTheNextConnectionAway()
{
    Limits limits;
    limits.connections = 200;
    Server server(limits, admitAll, reportSize);
    QVERIFY(server.listen(Loopback, 0));
    QSignalSpy refused(&server, &Server::refused);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(rawRequest("GET /"));
        QCOMPARE(clients.back()->nextAnswer().status, 200);
    }
    QCOMPARE(server.connectionCount(), 200);

    RawClient next(server.port());
    next.send(rawRequest("GET /"));
    QCOMPARE(next.nextAnswer().status, 503);
    QVERIFY(next.waitForEnd());
    QCOMPARE(server.connectionCount(), 200);
    QCOMPARE(refused.size(), 1);

    clients.back()->send(rawRequest("GET /"));
    QCOMPARE(clients.back()->nextAnswer().status, 200);
    clients.pop_back();
    QTRY_COMPARE(server.connectionCount(), 199);
    RawClient later(server.port());
    later.send(rawRequest("GET /"));
    QCOMPARE(later.nextAnswer().status, 200);
}

QTEST_GUILESS_MAIN(TestLimits)

#include "tst_limits.moc"
