#include "gate.h"

#include "http/accessrules.h"
#include "http/server.h"
#include "mcp/transport/server.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Mcp;

namespace {

using ReplyPtr = std::shared_ptr<QNetworkReply>;

/// A window of a client: its own connections, JSON-RPC ids from 0, and the session id it was given.
struct Window
{
    explicit Window(quint16 portThere, const QByteArray &keyShown = "default-key", bool keepsSession = true)
        : port(portThere)
        , key(keyShown)
        , takesSession(keepsSession)
    {}

    ReplyPtr send(const QByteArray &body, const QByteArray &method = "POST")
    {
        QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/mcp"_s.arg(port)));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setHeader(QNetworkRequest::UserAgentHeader, u"node"_s);
        request.setRawHeader("Accept", "application/json, text/event-stream");
        request.setRawHeader("Authorization", "Bearer " + key);
        if (!session.isEmpty())
            request.setRawHeader("Mcp-Session-Id", session);
        return ReplyPtr(network.sendCustomRequest(request, method, body));
    }

    ReplyPtr answered(const QByteArray &body, const QByteArray &method = "POST")
    {
        const ReplyPtr reply = send(body, method);
        if (!reply->isFinished())
            QSignalSpy(reply.get(), &QNetworkReply::finished).wait();
        return reply;
    }

    void initialize(const QByteArray &name = "cursor")
    {
        const ReplyPtr hello = answered(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{
            "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":")" +
                                        name + R"(","version":"1.0"}}})");
        if (takesSession)
            session = hello->rawHeader("Mcp-Session-Id");
    }

    ReplyPtr call(const QByteArray &id, const QByteArray &tool = "wait")
    {
        return send(R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":")" + tool + R"("},"id":)" + id + '}');
    }

    int cancel(const QByteArray &id)
    {
        const ReplyPtr reply =
            answered(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id + "}}");
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    quint16 port;
    QByteArray key;
    bool takesSession;
    QByteArray session;
    QNetworkAccessManager network;
};

int status(const ReplyPtr &reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

/// Several windows of one client, and several clients, at one server over HTTP: what one does is not done to another.
class TestWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void cancelsInItsOwnWindowAlone_data();
    void cancelsInItsOwnWindowAlone();
    void aLateCancellationHitsNobodyElse();
    void cancelsOnAnotherConnectionOfItsWindow();
    void doesNotCancelUnderAnotherKey();
    void withoutSessionsNoOtherConnectionIsMeant();
    void anInventedSessionCancelsNothing();
    void sessionsAreNotInsistedOn();
    void sessionsOfAnEarlierRunGoOn();
    void everyWindowHasItsOwnSession();
    void tellsWhoseKeyItIs();
    void theRateIsOfTheKeyNotOfTheName();
    void anotherKeyHasItsOwnRate();
    void whatIsReadOrCompletedCounts_data();
    void whatIsReadOrCompletedCounts();
    void refusedCallsCount();
    void aRevokedKeysRequestsEnd();

private:
    bool waitForEntered(int count) const
    {
        return QTest::qWaitFor([this, count] { return m_gate->entered.size() == count; });
    }
    bool isStopped(int entered) const { return m_gate->entered.at(entered).stopToken().stop_requested(); }

    std::shared_ptr<Gate> m_gate;
    std::unique_ptr<Mcp::Server> m_mcp;
    std::unique_ptr<Http::Server> m_http;
};

void TestWindows::init()
{
    m_gate = std::make_shared<Gate>();
    m_mcp = std::make_unique<Mcp::Server>(Implementation{u"b"_s, u"B"_s, u"1"_s, QString()});
    const QJsonObject properties{{u"count"_s, QJsonObject{{u"type"_s, u"integer"_s}}}};
    Tool wait{.name = u"wait"_s};
    wait.inputSchema = QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
    m_mcp->setTools({{.description = wait,
                      .run = [gate = m_gate](ToolInvocation invocation) { return waitAt(gate, invocation); }}});
    Http::AccessRules rules{.path = u"/mcp"_s};
    rules.keys.add(u"default"_s, "default-key");
    rules.keys.add(u"work laptop"_s, "laptop-key");
    m_http = std::make_unique<Http::Server>(
        Http::Limits(), [rules](Http::RequestHead &head) { return rules.check(head); },
        [this](Http::ExchangePtr exchange) { m_mcp->handle(std::move(exchange)); });
    QVERIFY2(m_http->listen({QHostAddress::LocalHost}, 0), qUtf8Printable(m_http->errorString()));
}

void TestWindows::cleanup()
{
    m_mcp->cancelAll();
    m_gate->open();
    m_http.reset();
    m_mcp.reset();
}

void TestWindows::cancelsInItsOwnWindowAlone_data()
{
    QTest::addColumn<int>("canceller");
    QTest::newRow("the first window's") << 0;
    QTest::newRow("the second window's") << 1;
}

void TestWindows::cancelsInItsOwnWindowAlone()
{
    QFETCH(int, canceller);
    Window first(m_http->port());
    Window second(m_http->port());
    first.initialize();
    second.initialize();
    const ReplyPtr call = first.call("1");
    QVERIFY(waitForEntered(1));
    const ReplyPtr other = second.call("1");
    QVERIFY(waitForEntered(2));
    QCOMPARE((canceller == 0 ? first : second).cancel("1"), 202);
    QVERIFY(isStopped(canceller));
    QVERIFY(!isStopped(1 - canceller));
}

void TestWindows::aLateCancellationHitsNobodyElse()
{
    // The second window's call 1 is over when it gives it up; the first one's runs.
    Window first(m_http->port());
    Window second(m_http->port());
    first.initialize();
    second.initialize();
    const ReplyPtr call = first.call("1");
    QVERIFY(waitForEntered(1));
    QCOMPARE(second.cancel("1"), 202);
    QVERIFY(!isStopped(0));
    m_gate->open();
    QTRY_VERIFY(call->isFinished());
    QVERIFY(call->readAll().contains("done"));
}

void TestWindows::cancelsOnAnotherConnectionOfItsWindow()
{
    Window window(m_http->port());
    window.initialize();
    Window sameWindow(m_http->port());
    sameWindow.session = window.session;
    const ReplyPtr call = window.call("1");
    QVERIFY(waitForEntered(1));
    sameWindow.cancel("1");
    QVERIFY(isStopped(0));
}

void TestWindows::doesNotCancelUnderAnotherKey()
{
    Window window(m_http->port());
    window.initialize();
    Window other(m_http->port(), "laptop-key");
    other.session = window.session; // whoever told it
    const ReplyPtr call = window.call("1");
    QVERIFY(waitForEntered(1));
    other.cancel("1");
    other.session.clear();
    other.cancel("1");
    QVERIFY(!isStopped(0));
}

void TestWindows::withoutSessionsNoOtherConnectionIsMeant()
{
    Window first(m_http->port(), "default-key", false);
    Window second(m_http->port(), "default-key", false);
    Window inSession(m_http->port());
    inSession.initialize();
    const ReplyPtr calls[]{first.call("1"), inSession.call("2")};
    QVERIFY(waitForEntered(2));
    second.cancel("1");
    second.cancel("2");
    inSession.cancel("1");
    QVERIFY(!isStopped(0) && !isStopped(1));
}

void TestWindows::anInventedSessionCancelsNothing()
{
    Window window(m_http->port(), "default-key", false);
    Window inSession(m_http->port());
    inSession.initialize();
    Window inventor(m_http->port());
    inventor.session = "1";
    const ReplyPtr calls[]{window.call("1"), inSession.call("1")};
    QVERIFY(waitForEntered(2));
    inventor.cancel("1");
    QVERIFY(!isStopped(0) && !isStopped(1));
}

void TestWindows::sessionsAreNotInsistedOn()
{
    Window window(m_http->port());
    window.initialize();
    window.session.clear();
    QCOMPARE(status(window.answered(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})")), 200);
    window.session = "unknown-here";
    QCOMPARE(status(window.answered(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})")), 200);
    // One that was ended would have to be unknown from then on: none is.
    window.initialize();
    QCOMPARE(status(window.answered({}, "DELETE")), 405);
    QCOMPARE(status(window.answered(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})")), 200);
}

void TestWindows::sessionsOfAnEarlierRunGoOn()
{
    Window first(m_http->port());
    Window second(m_http->port());
    first.session = "of-an-earlier-run-1";
    second.session = "of-an-earlier-run-2";
    const ReplyPtr calls[]{first.call("1"), second.call("1")};
    QVERIFY(waitForEntered(2));
    second.cancel("1");
    QVERIFY(isStopped(0) != isStopped(1));
}

void TestWindows::everyWindowHasItsOwnSession()
{
    Window first(m_http->port());
    Window second(m_http->port());
    first.initialize();
    second.initialize();
    QVERIFY(first.session.size() >= 22);
    QVERIFY(first.session != second.session);
    for (const char c : first.session)
        QVERIFY(c >= 0x21 && c <= 0x7e);
}

void TestWindows::tellsWhoseKeyItIs()
{
    Window window(m_http->port(), "laptop-key");
    window.initialize();
    const ReplyPtr call = window.call("1");
    QVERIFY(waitForEntered(1));
    QCOMPARE(m_gate->entered.first().request().client.key, u"work laptop"_s);
    QCOMPARE(m_gate->entered.first().request().client.displayName(), u"cursor 1.0"_s);

    // Windows that share key and User-Agent go by the names they gave.
    Window other(m_http->port(), "laptop-key");
    other.initialize("claude");
    const ReplyPtr again = window.call("2");
    QVERIFY(waitForEntered(2));
    QCOMPARE(m_gate->entered.last().request().client.name, u"cursor"_s);
}

void TestWindows::theRateIsOfTheKeyNotOfTheName()
{
    m_mcp->setCallRate(3, 0.001);
    for (int i = 0; i < 3; ++i) {
        Window window(m_http->port());
        window.initialize("name-" + QByteArray::number(i));
        const ReplyPtr call = window.call("1");
        QVERIFY(waitForEntered(i + 1));
    }
    Window fourth(m_http->port());
    fourth.initialize("another-name");
    const ReplyPtr call = fourth.call("1");
    QTRY_VERIFY(call->isFinished());
    QVERIFY(call->readAll().contains("too fast"));
    QCOMPARE(m_gate->entered.size(), 3);
}

void TestWindows::anotherKeyHasItsOwnRate()
{
    m_mcp->setCallRate(1, 0.001);
    Window window(m_http->port());
    const ReplyPtr calls[]{window.call("1"), window.call("2")};
    QTRY_VERIFY(calls[1]->isFinished() || calls[0]->isFinished());
    QCOMPARE(m_gate->entered.size(), 1);
    Window laptop(m_http->port(), "laptop-key");
    const ReplyPtr call = laptop.call("1");
    QVERIFY(waitForEntered(2));
}

void TestWindows::whatIsReadOrCompletedCounts_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("a resource") << QByteArray(R"("resources/read","params":{"uri":"test://one"})");
    QTest::newRow("a completion") << QByteArray(
        R"("completion/complete","params":{"ref":{"type":"ref/resource","uri":"test://one"},)"
        R"("argument":{"name":"a","value":""}})");
}

void TestWindows::whatIsReadOrCompletedCounts()
{
    QFETCH(QByteArray, request);
    RegisteredResource one;
    one.description.uriTemplate = u"test://one"_s;
    one.description.name = u"one"_s;
    one.read = [](ResourceRequest asked) -> QCoro::Task<ResourceResult> {
        const ResourceContents contents{.uri = asked.uri, .text = u"words"_s};
        const ResourceResult result(contents);
        co_return result;
    };
    one.complete = [](CompletionRequest) -> QCoro::Task<Completion> {
        const Completion nothing;
        co_return nothing;
    };
    m_mcp->setResources({one});
    m_mcp->setCallRate(2, 0.001);
    Window window(m_http->port());
    const QByteArray body = R"({"jsonrpc":"2.0","id":1,"method":)" + request + '}';
    for (int i = 0; i < 2; ++i)
        QVERIFY(window.answered(body)->readAll().contains("result"));
    QVERIFY(window.answered(body)->readAll().contains("too fast"));
    const ReplyPtr call = window.call("1");
    QTRY_VERIFY(call->isFinished());
    QVERIFY(call->readAll().contains("too fast"));
}

void TestWindows::refusedCallsCount()
{
    m_mcp->setCallRate(2, 0.001);
    Window window(m_http->port());
    const QByteArray body =
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait","arguments":{"count":[]}}})";
    for (int i = 0; i < 2; ++i)
        QVERIFY(!window.answered(body)->readAll().contains("too fast"));
    QVERIFY(window.answered(body)->readAll().contains("too fast"));
}

void TestWindows::aRevokedKeysRequestsEnd()
{
    Window laptop(m_http->port(), "laptop-key");
    Window other(m_http->port());
    const ReplyPtr revoked = laptop.call("1");
    QVERIFY(waitForEntered(1));
    const ReplyPtr going = other.call("1");
    QVERIFY(waitForEntered(2));
    m_mcp->endRequestsOf(u"work laptop"_s);
    m_http->closeConnectionsOf(u"work laptop"_s);
    QVERIFY(isStopped(0) && !isStopped(1));
    QTRY_VERIFY(revoked->isFinished());
    QVERIFY(!going->isFinished());
}

QTEST_GUILESS_MAIN(TestWindows)
#include "tst_windows.moc"
