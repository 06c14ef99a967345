#include "http/accessrules.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Http;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray Key = "3f2a9c";
const QByteArray OtherKey = "77b01d";

RequestHead goodHead()
{
    RequestHead head;
    head.method = "POST";
    head.target = "/mcp";
    head.peer = QHostAddress(QHostAddress::LocalHost);
    head.localPort = 8080;
    head.headers = {
        {"Host", "localhost:8080"}, {"Content-Type", "application/json"}, {"Authorization", "Bearer " + Key}};
    return head;
}

void setHeader(RequestHead &head, const QByteArray &name, const QByteArray &value)
{
    head.headers.removeIf([&name](const auto &header) { return header.first == name; });
    if (!value.isNull())
        head.headers.emplaceBack(name, value);
}

AccessRules rules()
{
    AccessRules rules{.path = u"/mcp"_s, .allowedHosts = {u"tray.example"_s}};
    rules.keys.add(u"default"_s, Key);
    rules.keys.add(u"work laptop"_s, OtherKey);
    return rules;
}

int statusOf(RequestHead head, const AccessRules &withRules = rules())
{
    const std::optional<Refusal> refusal = withRules.check(head);
    return refusal ? refusal->status : 200;
}

} // namespace

class TestAccessRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksThePeer_data();
    void checksThePeer();
    void anyHostIsGoodBehindAKeyForOtherMachines();
    void checksAHeader_data();
    void checksAHeader();
    void takesTheDefaultPort();
    void refusesRepeatedHeaders_data();
    void refusesRepeatedHeaders();
    void checksTheTarget_data();
    void checksTheTarget();
    void wantsTheKeyOnEveryMethod();
    void saysHowToSendAKey();
    void tellsWhoseKeyItIs_data();
    void tellsWhoseKeyItIs();
    void onlyAWrongKeyIsDelayed();
    void withoutKeysNobodyIsLetIn();
    void needsNoKeyWhenThereIsNone();
    void checksInOrder();
    void explainsItselfInJson();
};

void TestAccessRules::checksThePeer_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<bool>("loopbackOnly");
    QTest::addColumn<int>("status");
    QTest::newRow("IPv4 loopback") << u"127.0.0.1"_s << true << 200;
    QTest::newRow("all of 127/8") << u"127.8.9.10"_s << true << 200;
    QTest::newRow("IPv6 loopback") << u"::1"_s << true << 200;
    QTest::newRow("mapped loopback") << u"::ffff:127.0.0.1"_s << true << 200;
    QTest::newRow("a neighbour") << u"192.168.1.7"_s << true << 403;
    QTest::newRow("a mapped neighbour") << u"::ffff:192.168.1.7"_s << true << 403;
    QTest::newRow("an IPv6 neighbour") << u"fe80::1"_s << true << 403;
    QTest::newRow("looks like loopback") << u"::7f00:1"_s << true << 403;
    QTest::newRow("no address") << QString() << true << 403;
    QTest::newRow("a neighbour who is welcome") << u"192.168.1.7"_s << false << 200;
}

void TestAccessRules::checksThePeer()
{
    QFETCH(QString, peer);
    QFETCH(bool, loopbackOnly);
    AccessRules withRules = rules();
    withRules.loopbackOnly = loopbackOnly;
    RequestHead head = goodHead();
    head.peer = QHostAddress(peer);
    QTEST(statusOf(head, withRules), "status");
}

/// A container's port mapping or a proxy gives names and ports that the endpoint can't know.
void TestAccessRules::anyHostIsGoodBehindAKeyForOtherMachines()
{
    AccessRules open = rules();
    open.loopbackOnly = false;
    RequestHead head = goodHead();
    for (auto &[name, value] : head.headers) {
        if (name.compare("Host", Qt::CaseInsensitive) == 0)
            value = "bricktray.team.example:9000";
    }
    QCOMPARE(statusOf(head, open), 200);
    open.requiresKey = false;
    QCOMPARE(statusOf(head, open), 403);
    QCOMPARE(statusOf(head, rules()), 403);
}

void TestAccessRules::checksAHeader_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &value, int status) {
        const QByteArray label = QByteArray(name) + ": " + (value.isNull() ? QByteArray("(none)") : value.left(60));
        QTest::newRow(label.constData()) << QByteArray(name) << value << status;
    };
    row("Host", "localhost:8080", 200);
    row("Host", "LOCALHOST:8080", 200);
    row("Host", "127.0.0.1:8080", 200);
    row("Host", "[::1]:8080", 200);
    row("Host", "[0:0::1]:8080", 403);
    row("Host", "tray.example:8080", 200);
    row("Host", "Tray.Example:8080", 200);
    row("Host", QByteArray(), 400);
    row("Host", "", 400);
    row("Host", "localhost", 403);
    row("Host", "localhost:", 403);
    row("Host", "localhost:80", 403);
    row("Host", "localhost:08080", 200);
    row("Host", "localhost:18080", 403);
    row("Host", "localhost:8080x", 403);
    row("Host", "localhost:8080:8080", 403);
    row("Host", "localhost:999999", 403);
    row("Host", "localhost.evil.example:8080", 403);
    row("Host", "evil-localhost:8080", 403);
    row("Host", "localhost@evil.example:8080", 403);
    row("Host", "user@localhost:8080", 403);
    row("Host", "localhost/:8080", 403);
    row("Host", "localhost.:8080", 403);
    row("Host", "127.1:8080", 403);
    row("Host", "2130706433:8080", 403);
    row("Host", "0.0.0.0:8080", 403);
    row("Host", "::1:8080", 403);
    row("Host", "[::1", 403);
    row("Host", "[]:8080", 403);
    row("Host", "]:8080", 403);
    row("Host", "[::1]8080", 403);
    row("Host", "[localhost]:8080", 403);
    row("Host", "example:8080", 403);
    row("Host", "sub.tray.example:8080", 403);

    row("Origin", QByteArray(), 200);
    row("Origin", "http://localhost", 200);
    row("Origin", "http://localhost:5173", 200);
    row("Origin", "https://LOCALHOST:1", 200);
    row("Origin", "http://127.0.0.1:6274", 200);
    row("Origin", "http://[::1]:6274", 200);
    row("Origin", "null", 403);
    row("Origin", "", 403);
    row("Origin", "http://", 403);
    row("Origin", "http://localhost.evil.example", 403);
    row("Origin", "http://localhost:80.evil.example", 403);
    row("Origin", "http://localhost@evil.example", 403);
    row("Origin", "http://localhost/", 403);
    row("Origin", "http://evil.example", 403);
    row("Origin", "http://tray.example", 403);
    row("Origin", "file://", 403);
    row("Origin", "ftp://localhost", 403);
    row("Origin", "vscode-webview://localhost", 403);
    row("Origin", "localhost", 403);
    row("Origin", "http://localhost http://evil.example", 403);

    row("Sec-Fetch-Site", "cross-site", 403);
    row("Sec-Fetch-Site", "Cross-Site", 403);
    row("Sec-Fetch-Site", "same-origin", 200);
    row("Sec-Fetch-Site", "none", 200);

    row("Authorization", QByteArray(), 401);
    row("Authorization", "", 401);
    row("Authorization", "Bearer 3f2a9c", 200);
    row("Authorization", "bearer  3f2a9c", 200);
    row("Authorization", "Bearer", 401);
    row("Authorization", "Bearer ", 401);
    row("Authorization", "Bearer 3f2a9", 401);
    row("Authorization", "Bearer 3f2a9cc", 401);
    row("Authorization", "Bearer 3f2a9c3f2a9c", 401);
    row("Authorization", "Bearer 3F2A9C", 401);
    row("Authorization", "Basic 3f2a9c", 401);
    row("Authorization", "3f2a9c", 401);

    row("Content-Type", "application/json; charset=utf-8", 200);
    row("Content-Type", "Application/JSON ;charset=utf-8", 200);
    row("Content-Type", QByteArray(), 415);
    row("Content-Type", "text/plain", 415);
    row("Content-Type", "text/plain; application/json", 415);
    row("Content-Type", "application/jsonx", 415);
    row("Content-Type", "application/json, text/plain", 415);
    row("Content-Type", "application/x-www-form-urlencoded", 415);
}

void TestAccessRules::checksAHeader()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    RequestHead head = goodHead();
    setHeader(head, name, value);
    QTEST(statusOf(head), "status");
}

void TestAccessRules::takesTheDefaultPort()
{
    RequestHead head = goodHead();
    head.localPort = 80;
    setHeader(head, "Host", "localhost");
    QCOMPARE(statusOf(head), 200);
    setHeader(head, "Host", "[::1]");
    QCOMPARE(statusOf(head), 200);
}

void TestAccessRules::refusesRepeatedHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("Host") << QByteArray("host") << QByteArray("localhost:8080") << 400;
    QTest::newRow("Origin, first good") << QByteArray("Origin") << QByteArray("http://evil.example") << 403;
    QTest::newRow("Authorization") << QByteArray("authorization") << QByteArray("Bearer " + Key) << 401;
    QTest::newRow("Content-Type") << QByteArray("content-type") << QByteArray("text/plain") << 415;
}

void TestAccessRules::refusesRepeatedHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    RequestHead head = goodHead();
    head.headers.emplaceBack("Origin", "http://localhost");
    QCOMPARE(statusOf(head), 200);
    head.headers.emplaceBack(name, value);
    QTEST(statusOf(head), "status");
}

void TestAccessRules::checksTheTarget_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const QByteArray &method, const QByteArray &target, int status) {
        const QByteArray label = method + ' ' + target;
        QTest::newRow(label.constData()) << method << target << status;
    };
    row("POST", "/mcp", 200);
    row("GET", "/mcp", 200);
    row("DELETE", "/mcp", 200);
    row("POST", "/mcp?x=1", 200);
    row("POST", "/%6Dcp", 200);
    row("PUT", "/mcp", 405);
    row("HEAD", "/mcp", 405);
    row("OPTIONS", "/mcp", 405);
    row("post", "/mcp", 405);
    row("POST", "/", 404);
    row("POST", "/mcp/", 404);
    row("POST", "/mcpx", 404);
    row("POST", "/MCP", 404);
    row("POST", "//mcp", 404);
    row("POST", "/mcp%00", 404);
    row("OPTIONS", "*", 404);
    row("GET", "/.well-known/oauth-protected-resource/mcp", 404);
    row("POST", "/register", 404);
}

void TestAccessRules::checksTheTarget()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    RequestHead head = goodHead();
    head.method = method;
    head.target = target;
    QTEST(statusOf(head), "status");
    if (statusOf(head) == 405)
        QCOMPARE(headerValue(rules().check(head)->headers, "Allow"), QByteArray("POST, GET, DELETE"));
}

void TestAccessRules::wantsTheKeyOnEveryMethod()
{
    for (const char *method : {"POST", "GET", "DELETE"}) {
        RequestHead head = goodHead();
        head.method = method;
        setHeader(head, "Authorization", {});
        QCOMPARE(statusOf(head), 401);
    }
}

void TestAccessRules::saysHowToSendAKey()
{
    RequestHead head = goodHead();
    setHeader(head, "Authorization", {});
    QCOMPARE(headerValue(rules().check(head)->headers, "WWW-Authenticate"), QByteArray("Bearer realm=\"Bricktray\""));

    setHeader(head, "Authorization", "Bearer stolen-secret");
    const Refusal refusal = *rules().check(head);
    QCOMPARE(headerValue(refusal.headers, "WWW-Authenticate"),
             QByteArray("Bearer realm=\"Bricktray\", error=\"invalid_token\""));
    QVERIFY(refusal.reason.contains("Copy the key from Bricktray's window again"_L1));
    QVERIFY(!refusal.reason.contains("stolen-secret"_L1));
    QVERIFY(!refusal.reason.contains(QLatin1StringView(Key)));
}

void TestAccessRules::tellsWhoseKeyItIs_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("name");
    QTest::newRow("the first") << QByteArray("Bearer " + Key) << u"default"_s;
    QTest::newRow("another") << QByteArray("bearer " + OtherKey) << u"work laptop"_s;
    QTest::newRow("two in one") << QByteArray("Bearer " + Key + OtherKey) << QString();
    QTest::newRow("the beginning of one") << QByteArray("Bearer " + Key.left(5)) << QString();
    QTest::newRow("a name") << QByteArray("Bearer work laptop") << QString();
    QTest::newRow("nothing behind the scheme") << QByteArray("Bearer ") << QString();
}

void TestAccessRules::tellsWhoseKeyItIs()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QString, name);
    RequestHead head = goodHead();
    head.keyName = u"left over"_s;
    setHeader(head, "Authorization", authorization);
    QCOMPARE(rules().check(head).has_value(), name.isEmpty());
    QCOMPARE(head.keyName, name);
}

void TestAccessRules::onlyAWrongKeyIsDelayed()
{
    RequestHead head = goodHead();
    setHeader(head, "Authorization", {});
    QCOMPARE(rules().check(head)->delay, 0ms);
    setHeader(head, "Authorization", "Bearer wrong");
    const std::chrono::milliseconds delay = rules().check(head)->delay;
    QVERIFY(delay >= 500ms && delay <= 1s);
    // Being told to wait is no faster way to try keys.
    WrongKeys wrongKeys;
    std::optional<Refusal> refusal;
    for (int i = 0; i <= WrongKeys::MostInAMinute; ++i)
        refusal = wrongKeys.judge(rules().check(head));
    QCOMPARE(refusal->status, 429);
    QCOMPARE(refusal->delay, delay);
}

void TestAccessRules::withoutKeysNobodyIsLetIn()
{
    const AccessRules revoked{.path = u"/mcp"_s};
    RequestHead head = goodHead();
    QCOMPARE(statusOf(head, revoked), 401);
    setHeader(head, "Authorization", "Bearer ");
    QCOMPARE(statusOf(head, revoked), 401);
}

void TestAccessRules::needsNoKeyWhenThereIsNone()
{
    AccessRules open = rules();
    open.requiresKey = false;
    RequestHead head = goodHead();
    setHeader(head, "Authorization", {});
    QCOMPARE(statusOf(head, open), 200);
    setHeader(head, "Authorization", "Bearer whatever");
    QCOMPARE(statusOf(head, open), 200);
}

void TestAccessRules::checksInOrder()
{
    RequestHead head = goodHead();
    head.peer = QHostAddress(u"10.0.0.1"_s);
    head.method = "PATCH";
    head.target = "/elsewhere";
    setHeader(head, "Host", {});
    setHeader(head, "Origin", "null");
    setHeader(head, "Authorization", {});
    setHeader(head, "Content-Type", "text/plain");

    QVERIFY(rules().check(head)->reason.contains("own machine"_L1));
    head.peer = QHostAddress(QHostAddress::LocalHost);
    QCOMPARE(statusOf(head), 400);
    setHeader(head, "Host", "localhost:8080");
    QCOMPARE(statusOf(head), 403);
    setHeader(head, "Origin", {});
    QCOMPARE(statusOf(head), 404);
    head.target = "/mcp";
    QCOMPARE(statusOf(head), 405);
    head.method = "POST";
    QCOMPARE(statusOf(head), 401);
    setHeader(head, "Authorization", "Bearer " + Key);
    QCOMPARE(statusOf(head), 415);
    setHeader(head, "Content-Type", "application/json");
    QCOMPARE(statusOf(head), 200);
}

void TestAccessRules::explainsItselfInJson()
{
    RequestHead head = goodHead();
    head.target = "/a\"b";
    const Reply reply = rules().check(head)->reply();
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.contentType, QByteArray("application/json"));
    QCOMPARE(QJsonDocument::fromJson(reply.body)[u"error"].toString(),
             u"There is nothing at \"/a\"b\". The endpoint is http://localhost:8080/mcp."_s);
}

QTEST_GUILESS_MAIN(TestAccessRules)

#include "tst_accessrules.moc"
