#include "http/requestreader.h"

#include <QTest>

using namespace Http;

class TestHeadParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAHeadByteByByte();
    void leavesTheBodyAlone();
    void refuses_data();
    void refuses();
    void countsChunksByteByByte_data();
    void countsChunksByteByByte();
};

namespace {

/// The status with which a head is refused, 200 when it is not, 0 when it is incomplete.
int statusOf(const QByteArray &head)
{
    HeadReader reader(1024);
    QByteArrayView bytes(head);
    if (const std::optional<Refusal> refusal = reader.read(bytes))
        return refusal->status;
    if (!reader.isComplete())
        return 0;
    const std::variant<IncomingHead, Refusal> parsed = parseHead(reader.lines());
    const auto *refusal = std::get_if<Refusal>(&parsed);
    return refusal ? refusal->status : 200;
}

} // namespace

void TestHeadParser::readsAHeadByteByByte()
{
    const QByteArray head = "\r\nPOST /mcp?x=%20y HTTP/1.1\r\nHost:localhost\r\nX-Empty:\r\n"
                            "X-Text: \t caf\xc3\xa9 \t\r\nContent-Length: 12\r\nExpect: 100-Continue\r\n\r\n";
    HeadReader reader(1024);
    for (const char c : head) {
        QVERIFY(!reader.isComplete());
        QByteArrayView byte(&c, 1);
        QVERIFY(!reader.read(byte));
        QVERIFY(byte.isEmpty());
    }
    QVERIFY(reader.isComplete());
    const auto incoming = std::get<IncomingHead>(parseHead(reader.lines()));
    QCOMPARE(incoming.head.method, QByteArray("POST"));
    QCOMPARE(incoming.head.path(), QStringLiteral("/mcp"));
    QCOMPARE(incoming.head.query().queryItemValue(QStringLiteral("x"), QUrl::FullyDecoded), QStringLiteral(" y"));
    QCOMPARE(incoming.head.header("host"), QByteArray("localhost"));
    QCOMPARE(incoming.head.header("X-TEXT"), QByteArray("caf\xc3\xa9"));
    QCOMPARE(incoming.head.header("X-Empty"), QByteArray());
    QCOMPARE(incoming.contentLength, 12);
    QVERIFY(incoming.expectsContinue);
    QVERIFY(incoming.keepsAlive);
}

void TestHeadParser::leavesTheBodyAlone()
{
    const QByteArray request = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbodyGET";
    HeadReader reader(1024);
    QByteArrayView bytes(request);
    QVERIFY(!reader.read(bytes));
    QCOMPARE(bytes.toByteArray(), QByteArray("bodyGET"));
}

void TestHeadParser::refuses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *label, const QByteArray &head, int status) {
        QTest::newRow(label) << head << status;
    };
    const auto line = [&](const char *label, const QByteArray &requestLine, int status) {
        row(label, requestLine + "\r\n\r\n", status);
    };
    const auto header = [&](const char *label, const QByteArray &headers, int status) {
        row(label, "POST / HTTP/1.1\r\n" + headers + "\r\n\r\n", status);
    };
    line("1.1", "GET / HTTP/1.1", 200);
    line("1.0", "GET / HTTP/1.0", 200);
    line("asterisk", "OPTIONS * HTTP/1.1", 200);
    line("unknown method", "BREW /pot HTTP/1.1", 200);
    line("garbage", "hello", 400);
    line("no version", "GET /", 400);
    line("2.0", "PRI * HTTP/2.0", 400);
    line("9.9", "GET / HTTP/9.9", 400);
    line("lower case", "GET / http/1.1", 400);
    line("1.1 and more", "GET / HTTP/1.11", 400);
    line("two spaces", "GET  / HTTP/1.1", 400);
    line("trailing space", "GET / HTTP/1.1 ", 400);
    line("leading space", " GET / HTTP/1.1", 400);
    line("tab", "GET\t/ HTTP/1.1", 400);
    line("absolute target", "GET http://localhost/ HTTP/1.1", 400);
    line("authority", "CONNECT localhost:80 HTTP/1.1", 400);
    line("fragment", "GET /#x HTTP/1.1", 400);
    line("raw UTF-8", "GET /\xc3\xa9 HTTP/1.1", 400);
    line("method with colon", "GE:T / HTTP/1.1", 400);
    line("TLS hello", QByteArray("\x16\x03\x01\x02\x00", 5), 400);
    line("NUL", QByteArray("GET /\0 HTTP/1.1", 15), 400);
    row("incomplete", "GET / HTTP/1.1\r\nHost: x\r\n", 0);
    row("bare LF after the request line", "GET / HTTP/1.1\n\n", 400);
    row("bare LF after a header", "GET / HTTP/1.1\r\nA: b\n\r\n", 400);
    row("bare CR", "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", 400);
    header("no colon", "Host", 400);
    header("empty name", ": x", 400);
    header("space before colon", "Host : x", 400);
    header("folded", "A: b\r\n c", 400);
    header("folded by tab", "A: b\r\n\tc", 400);
    header("control character", "A: \x01", 400);
    header("delete", "A: \x7f", 400);
    header("two Hosts", "Host: a\r\nhost: a", 400);
    header("WebSocket", "Connection: Upgrade\r\nUpgrade: WebSocket", 400);
    header("HTTP/2 upgrade", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c", 200);
    header("length", "Content-Length: 0", 200);
    header("garbage length", "Content-Length: abc", 400);
    header("empty length", "Content-Length:", 400);
    header("negative length", "Content-Length: -1", 400);
    header("signed length", "Content-Length: +1", 400);
    header("hex length", "Content-Length: 0x10", 400);
    header("length list", "Content-Length: 5, 5", 400);
    header("2^64 - 1", "Content-Length: 18446744073709551615", 400);
    header("two lengths", "Content-Length: 5\r\nContent-Length: 6", 400);
    header("the same length twice", "Content-Length: 5\r\ncontent-length: 5", 400);
    header("chunked", "Transfer-Encoding: Chunked", 200);
    header("length and chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked", 400);
    header("gzip", "Transfer-Encoding: gzip", 400);
    header("gzip, chunked", "Transfer-Encoding: gzip, chunked", 400);
    header("identity", "Transfer-Encoding: identity", 400);
    header("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400);
    row("chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    header("100 headers", QByteArray("A: b\r\n").repeated(100).chopped(2), 200);
    header("101 headers", QByteArray("A: b\r\n").repeated(101).chopped(2), 431);
    header("large header", "A: " + QByteArray(1024, 'x'), 431);
    row("endless line", QByteArray(2000, 'x'), 431);
    row("endless empty lines", QByteArray("\r\n").repeated(600), 431);
}

void TestHeadParser::refuses()
{
    QFETCH(QByteArray, head);
    QTEST(statusOf(head), "status");
}

void TestHeadParser::countsChunksByteByByte_data()
{
    QTest::addColumn<QByteArray>("framed");
    QTest::addColumn<int>("size"); // -1: malformed
    QTest::newRow("empty") << QByteArray("0\r\n\r\n") << 0;
    QTest::newRow("one") << QByteArray("5\r\nhello\r\n0\r\n\r\n") << 5;
    QTest::newRow("two") << QByteArray("5\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n") << 15;
    QTest::newRow("extensions") << QByteArray("5;a=\"b\"\r\nhello\r\n0;z\r\n\r\n") << 5;
    QTest::newRow("line ends inside") << QByteArray("4\r\n\r\n\r\n\r\n0\r\n\r\n") << 4;
    QTest::newRow("no size") << QByteArray("\r\n") << -1;
    QTest::newRow("negative") << QByteArray("-1\r\n") << -1;
    QTest::newRow("0x") << QByteArray("0x5\r\nhello\r\n") << -1;
    QTest::newRow("space") << QByteArray("5 \r\nhello\r\n") << -1;
    QTest::newRow("bare LF") << QByteArray("5\nhello\n") << -1;
    QTest::newRow("too many digits") << QByteArray("000000005\r\n") << -1;
    QTest::newRow("data too long") << QByteArray("5\r\nhello!\r\n") << -1;
    QTest::newRow("control character") << QByteArray("5;\x01\r\n") << -1;
    QTest::newRow("trailer") << QByteArray("0\r\nA: b\r\n\r\n") << -1;
}

void TestHeadParser::countsChunksByteByByte()
{
    QFETCH(QByteArray, framed);
    QFETCH(int, size);
    ChunkCounter counter;
    bool isGood = true;
    for (const char c : framed) {
        QByteArrayView byte(&c, 1);
        QVERIFY(!counter.isComplete());
        isGood = isGood && counter.read(byte);
        if (!isGood)
            break;
    }
    QCOMPARE(isGood, size >= 0);
    if (!isGood)
        return;
    QVERIFY(counter.isComplete());
    QCOMPARE(counter.bodySize(), size);
    QCOMPARE(counter.framingSize(), framed.size() - size);
}

QTEST_GUILESS_MAIN(TestHeadParser)

#include "tst_headparser.moc"
