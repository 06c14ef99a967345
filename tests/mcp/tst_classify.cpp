#include "mcp/transport/httpresponder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

namespace {

const QByteArray Claim = R"("io.modelcontextprotocol/protocolVersion":"2026-07-28")";
const QByteArray Capabilities = R"("io.modelcontextprotocol/clientCapabilities":{})";

QByteArray request(const QByteArray &method, const QByteArray &meta = {}, const QByteArray &params = {})
{
    QByteArray body = R"({"jsonrpc":"2.0","id":9,"method":")" + method + R"(","params":{)" + params;
    if (!meta.isEmpty())
        body += (params.isEmpty() ? "" : ",") + QByteArray(R"("_meta":{)") + meta + '}';
    return body + "}}";
}

QByteArray modern(const QByteArray &method, const QByteArray &params = {})
{
    return request(method, Claim + ',' + Capabilities, params);
}

using Sent = QList<std::pair<QByteArray, QByteArray>>;

const std::pair<QByteArray, QByteArray> ModernHeader("MCP-Protocol-Version", "2026-07-28");

Sent version(const QByteArray &date)
{
    return {{"mcp-protocol-version", date}};
}

Sent modernHeaders(const QByteArray &method)
{
    return {ModernHeader, {"Mcp-Method", method}};
}

Sent modernHeaders(const QByteArray &method, const QByteArray &name)
{
    return {ModernHeader, {"Mcp-Method", method}, {"Mcp-Name", name}};
}

Http::RequestHead headOf(const QByteArray &method, const Sent &headers)
{
    Http::RequestHead head;
    head.method = method;
    head.headers = headers;
    return head;
}

} // namespace

class TestClassify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void rejects_data();
    void rejects();
    void namesWhatIsServed();
};

void TestClassify::accepts_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Sent>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("date");
    const QByteArray post = "POST";
    const QByteArray list = request("tools/list");
    const QByteArray initialize = request("initialize", {}, R"("protocolVersion":"2025-11-25")");
    const QByteArray note = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
    const QByteArray batch = '[' + list + ',' + note + ']';

    QTest::newRow("no header") << post << Sent{} << list << u"2025-03-26"_s;
    QTest::newRow("2025-03-26") << post << version("2025-03-26") << list << u"2025-03-26"_s;
    QTest::newRow("2025-06-18") << post << version("2025-06-18") << list << u"2025-06-18"_s;
    QTest::newRow("2025-11-25") << post << version(" 2025-11-25 ") << list << u"2025-11-25"_s;
    QTest::newRow("initialize") << post << Sent{} << initialize << u"2025-03-26"_s;
    QTest::newRow("initialize, header") << post << version("2025-11-25") << initialize << u"2025-11-25"_s;
    QTest::newRow("initialize, future header") << post << version("2031-01-01") << initialize << u"2025-03-26"_s;
    QTest::newRow("initialize, broken envelope") << post << Sent{} << request("initialize", Claim) << u"2025-03-26"_s;
    QTest::newRow("notification") << post << version("2025-06-18") << note << u"2025-06-18"_s;
    QTest::newRow("notification, modern header") << post << version("2026-07-28") << note << u"2025-03-26"_s;
    QTest::newRow("response") << post << Sent{} << QByteArray(R"({"jsonrpc":"2.0","id":1,"result":{}})")
                              << u"2025-03-26"_s;
    QTest::newRow("batch") << post << Sent{} << batch << u"2025-03-26"_s;
    QTest::newRow("batch, header") << post << version("2025-03-26") << batch << u"2025-03-26"_s;
    QTest::newRow("GET") << QByteArray("GET") << version("2025-11-25") << QByteArray() << u"2025-11-25"_s;
    QTest::newRow("DELETE") << QByteArray("DELETE") << Sent{} << QByteArray() << u"2025-03-26"_s;

    QTest::newRow("modern") << post << modernHeaders("tools/list") << modern("tools/list") << u"2026-07-28"_s;
    QTest::newRow("modern initialize") << post << modernHeaders("initialize") << modern("initialize")
                                       << u"2026-07-28"_s;
    QTest::newRow("modern call") << post << modernHeaders("tools/call", "a b")
                                 << modern("tools/call", R"("name":"a b")") << u"2026-07-28"_s;
    QTest::newRow("modern call, padded") << post << modernHeaders(" tools/call\t", "\ta b ")
                                         << modern("tools/call", R"("name":"a b")") << u"2026-07-28"_s;
    QTest::newRow("modern call, base64") << post << modernHeaders("tools/call", "=?base64?w6k=?=")
                                         << modern("tools/call", "\"name\":\"\xc3\xa9\"") << u"2026-07-28"_s;
    QTest::newRow("modern read") << post << modernHeaders("resources/read", "x://y")
                                 << modern("resources/read", R"("uri":"x://y")") << u"2026-07-28"_s;
    QTest::newRow("modern call without a name")
        << post << modernHeaders("tools/call") << modern("tools/call") << u"2026-07-28"_s;
}

void TestClassify::accepts()
{
    QFETCH(QByteArray, method);
    QFETCH(Sent, headers);
    QFETCH(QByteArray, body);
    QFETCH(QString, date);
    const Http::RequestHead head = headOf(method, headers);
    const Verdict verdict = classify(requestHeaders(head), method == "POST" ? parse(body) : Payload());
    QVERIFY(std::holds_alternative<Revision>(verdict));
    QCOMPARE(QString(std::get<Revision>(verdict).date), date);
}

void TestClassify::rejects_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Sent>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const QByteArray post = "POST";
    const QByteArray list = request("tools/list");
    const QByteArray note = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
    const QByteArray initialize = request("initialize", {}, R"("protocolVersion":"2025-11-25")");

    QTest::newRow("PUT") << QByteArray("PUT") << Sent{} << list << 405 << -32600;
    QTest::newRow("no JSON") << post << Sent{} << QByteArray("{") << 400 << -32700;
    QTest::newRow("no message") << post << Sent{} << QByteArray("{}") << 400 << -32600;
    QTest::newRow("empty batch") << post << Sent{} << QByteArray("[]") << 400 << -32600;
    QTest::newRow("unknown header") << post << version("2024-11-05") << list << 400 << -32600;
    QTest::newRow("nonsense header") << post << version("banana") << list << 400 << -32600;
    QTest::newRow("notification, unknown header") << post << version("banana") << note << 400 << -32600;
    QTest::newRow("GET, unknown header") << QByteArray("GET") << version("banana") << QByteArray() << 400 << -32600;
    QTest::newRow("GET, modern header") << QByteArray("GET") << version("2026-07-28") << QByteArray() << 405 << -32600;
    QTest::newRow("unknown log level") << post << modernHeaders("tools/list")
                                       << request("tools/list", Claim + ',' + Capabilities +
                                                                    R"(,"io.modelcontextprotocol/logLevel":"loud")")
                                       << 400 << -32602;
    QTest::newRow("batch, later revision")
        << post << version("2025-06-18") << QByteArray('[' + list + ']') << 400 << -32600;
    QTest::newRow("batch, unknown header")
        << post << version("banana") << QByteArray('[' + list + ']') << 400 << -32600;
    QTest::newRow("batch, modern element")
        << post << Sent{} << QByteArray('[' + list + ',' + modern("ping") + ']') << 400 << -32600;
    QTest::newRow("initialize, modern header") << post << version("2026-07-28") << initialize << 400 << -32020;
    QTest::newRow("modern header, no envelope") << post << version("2026-07-28") << list << 400 << -32602;
    QTest::newRow("modern header, no version in envelope")
        << post << version("2026-07-28") << request("tools/list", Capabilities) << 400 << -32602;
    QTest::newRow("envelope without capabilities")
        << post << modernHeaders("tools/list") << request("tools/list", Claim) << 400 << -32602;
    QTest::newRow("version is a number") << post << modernHeaders("tools/list")
                                         << request("tools/list",
                                                    R"("io.modelcontextprotocol/protocolVersion":1,)" + Capabilities)
                                         << 400 << -32602;
    QTest::newRow("header missing") << post << Sent{} << modern("tools/list") << 400 << -32020;
    QTest::newRow("header disagrees") << post << version("2025-11-25") << modern("tools/list") << 400 << -32020;
    QTest::newRow("future claim") << post << Sent{{"MCP-Protocol-Version", "2031-01-01"}, {"Mcp-Method", "tools/list"}}
                                  << request("tools/list",
                                             R"("io.modelcontextprotocol/protocolVersion":"2031-01-01",)" +
                                                 Capabilities)
                                  << 400 << -32022;
    QTest::newRow("legacy revision claimed in an envelope")
        << post << version("2025-11-25")
        << request("tools/list", R"("io.modelcontextprotocol/protocolVersion":"2025-11-25",)" + Capabilities) << 400
        << -32022;
    QTest::newRow("method header missing") << post << version("2026-07-28") << modern("tools/list") << 400 << -32020;
    QTest::newRow("method header disagrees")
        << post << modernHeaders("tools/call") << modern("tools/list") << 400 << -32020;
    QTest::newRow("method header in other case")
        << post << modernHeaders("Tools/List") << modern("tools/list") << 400 << -32020;
    QTest::newRow("name header missing") << post << modernHeaders("tools/call") << modern("tools/call", R"("name":"a")")
                                         << 400 << -32020;
    QTest::newRow("name header disagrees")
        << post << modernHeaders("tools/call", "b") << modern("tools/call", R"("name":"a")") << 400 << -32020;
    QTest::newRow("name header no base64") << post << modernHeaders("tools/call", "=?base64?*?=")
                                           << modern("tools/call", R"("name":"a")") << 400 << -32020;
}

void TestClassify::rejects()
{
    QFETCH(QByteArray, method);
    QFETCH(Sent, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(int, code);
    const Http::RequestHead head = headOf(method, headers);
    const Payload payload = parse(body);
    const Verdict verdict = classify(requestHeaders(head), payload);
    QVERIFY(std::holds_alternative<Rejection>(verdict));
    const auto rejection = std::get<Rejection>(verdict);
    QCOMPARE(rejection.status, status);
    QCOMPARE(rejection.error.code, code);
    QVERIFY(!rejection.error.message.isEmpty());
    const bool isRequest =
        method == "POST" && !payload.isBatch && std::holds_alternative<Request>(payload.messages.first());
    QCOMPARE(rejection.id, isRequest ? QJsonValue(9) : QJsonValue(QJsonValue::Undefined));
}

void TestClassify::namesWhatIsServed()
{
    const Rejection rejection = unsupportedRevision(1, u"2031-01-01"_s);
    QCOMPARE(rejection.error.data[u"requested"_s].toString(), u"2031-01-01"_s);
    QVERIFY(rejection.error.data[u"supported"_s].toArray().contains(u"2025-11-25"_s));
    for (const QJsonValue &date : rejection.error.data[u"supported"_s].toArray())
        QVERIFY(findRevision(date.toString())->served);
}

QTEST_GUILESS_MAIN(TestClassify)
#include "tst_classify.moc"
