#include "gate.h"
#include "recordingexchange.h"

#include "mcp/transport/server.h"

#include <QSignalSpy>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = std::shared_ptr<RecordingExchange>;

namespace {

QCoro::Task<ToolResult> quick(ToolInvocation invocation)
{
    invocation.reportProgress(1, 1, u"nearly"_s);
    co_return ToolResult(u"quick"_s);
}

QCoro::Task<ToolResult> throwing(ToolInvocation)
{
    throw std::runtime_error("Authorization: Bearer dapi0123");
    co_return ToolResult();
}

const std::pair<QByteArray, QByteArray> Cursor("User-Agent", "cursor");
const std::pair<QByteArray, QByteArray> Other("User-Agent", "other");
const std::pair<QByteArray, QByteArray> Session("Mcp-Session-Id", "one");
const std::pair<QByteArray, QByteArray> OtherSession("Mcp-Session-Id", "two");

QByteArray call(const QByteArray &id, const QByteArray &tool, const QByteArray &more = {})
{
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" + tool + "\"" + more +
           "}}";
}

const QByteArray WithToken = R"(,"_meta":{"progressToken":"p"})";

QString textOf(const QJsonObject &message)
{
    return message[u"result"_s][u"content"_s][0][u"text"_s].toString();
}

} // namespace

class TestToolCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void unknownToolIsAProtocolError();
    void malformedCallIsAProtocolError_data();
    void malformedCallIsAProtocolError();
    void badArgumentsAreForTheModel();
    void argumentsReachTheToolPutRight();
    void toolLearnsWhoAsks();
    void answersJsonWhenDoneInTime();
    void progressOpensAStream();
    void progressOnlyRises();
    void noProgressWithoutAToken();
    void neverStreamsToWhoCannotRead();
    void slowCallBecomesAStream();
    void leavingIsNotCancelling();
    void cancelledCallIsNotAnswered();
    void cancelEndsAStream();
    void cancelsAcrossTheConnectionsOfASession();
    void withoutASessionCancelsOnItsConnection();
    void cancelsAnElementOfABatch();
    void cancelAllLetsToolsAnswer();
    void turnsAwayTooManyCalls();
    void turnsAwayCallsThatComeTooFast();
    void abandonedCallsAreAnswered();
    void exceptionBecomesAnInternalError();
    void toolMayBeReplacedWhileItRuns();
    void serverMayGoWhileToolsRun();
    void serverMayGoWhileATooStubbornToolRuns();

private:
    ExchangePtr post(const QByteArray &body, const Http::Headers &headers = {Cursor}, quint64 connection = 1);
    void cancel(const QByteArray &id, const Http::Headers &headers, quint64 connection);

    std::shared_ptr<Gate> m_gate;
    std::unique_ptr<Server> m_server;
};

void TestToolCalls::init()
{
    m_gate = std::make_shared<Gate>();
    m_server = std::make_unique<Server>(Implementation{u"b"_s, u"B"_s, u"1"_s, QString()});
    const auto offer = [](const QString &name, const std::function<QCoro::Task<ToolResult>(ToolInvocation)> &run) {
        const QJsonObject properties{{u"id"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                     {u"count"_s, QJsonObject{{u"type"_s, u"integer"_s}}}};
        Tool description{.name = name};
        description.inputSchema = QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
        return RegisteredTool{.description = description, .run = run};
    };
    m_server->setTools({
        offer(u"wait"_s, [gate = m_gate](ToolInvocation invocation) { return waitAt(gate, invocation); }),
        offer(u"stubborn"_s, [gate = m_gate](ToolInvocation invocation) { return waitStubbornly(gate, invocation); }),
        offer(u"quick"_s, quick),
        offer(u"throw"_s, throwing),
    });
}

ExchangePtr TestToolCalls::post(const QByteArray &body, const Http::Headers &headers, quint64 connection)
{
    auto exchange = std::make_shared<RecordingExchange>(body, headers, connection);
    m_server->handle(exchange);
    return exchange;
}

void TestToolCalls::cancel(const QByteArray &id, const Http::Headers &headers, quint64 connection)
{
    const ExchangePtr exchange =
        post(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id + "}}", headers,
             connection);
    QCOMPARE(exchange->reply.status, 202);
}

void TestToolCalls::unknownToolIsAProtocolError()
{
    QSignalSpy refused(m_server.get(), &Server::toolCallRefused);
    const ExchangePtr exchange = post(call("1", "no_such", R"(,"arguments":{"a":1})"));
    QCOMPARE(exchange->reply.status, 200);
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32602);
    QCOMPARE(refused.size(), 1);
    const auto request = refused.first().first().value<ToolRequest>();
    QCOMPARE(request.tool, u"no_such"_s);
    QCOMPARE(request.arguments[u"a"_s].toInt(), 1);
    QCOMPARE(refused.first().last(), exchange->json()[u"error"_s][u"message"_s].toString());
}

void TestToolCalls::malformedCallIsAProtocolError_data()
{
    QTest::addColumn<QByteArray>("params");
    QTest::newRow("no name") << QByteArray("{}");
    QTest::newRow("name is a number") << QByteArray(R"({"name":1})");
    QTest::newRow("arguments in a list") << QByteArray(R"({"name":"quick","arguments":[]})");
}

void TestToolCalls::malformedCallIsAProtocolError()
{
    QFETCH(QByteArray, params);
    const ExchangePtr exchange = post(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)" + params + '}');
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32602);
}

void TestToolCalls::badArgumentsAreForTheModel()
{
    QSignalSpy refused(m_server.get(), &Server::toolCallRefused);
    const ExchangePtr exchange = post(call("1", "wait", R"(,"arguments":{"id":{}})"));
    QCOMPARE(exchange->json()[u"result"_s][u"isError"_s].toBool(), true);
    QCOMPARE(textOf(exchange->json()), u"id: expected a string, got an object"_s);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().last(), u"id: expected a string, got an object"_s);
    QVERIFY(m_gate->entered.isEmpty());
}

void TestToolCalls::argumentsReachTheToolPutRight()
{
    post(call("1", "wait", R"(,"arguments":{"id":1234567890123456789,"count":"5"})"));
    QCOMPARE(m_gate->entered.size(), 1);
    const QJsonObject expected{{u"id"_s, u"1234567890123456789"_s}, {u"count"_s, 5}};
    QCOMPARE(m_gate->entered.first().request().arguments, expected);
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 1);
}

void TestToolCalls::toolLearnsWhoAsks()
{
    post(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
        "clientInfo":{"name":"cursor-vscode","version":"1.0.0"}}})");
    post(call("1", "wait"), {Cursor, {"MCP-Protocol-Version", "2025-06-18"}}, 2);
    post(call("2", "wait"), {Other}, 3);
    QCOMPARE(m_gate->entered.size(), 2);
    QCOMPARE(m_gate->entered.first().request().client.displayName(), u"cursor-vscode 1.0.0"_s);
    QCOMPARE(m_gate->entered.first().request().revision, u"2025-06-18"_s);
    QCOMPARE(m_gate->entered.last().request().client.displayName(), u"other"_s);
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 2);
}

void TestToolCalls::answersJsonWhenDoneInTime()
{
    const ExchangePtr exchange = post(call("\"x\"", "wait", WithToken));
    QVERIFY(!exchange->finished);
    m_gate->open();
    QTRY_VERIFY(exchange->finished);
    QVERIFY(!exchange->streaming);
    QCOMPARE(exchange->replies, 1);
    QCOMPARE(exchange->json()[u"id"_s].toString(), u"x"_s);
    QCOMPARE(textOf(exchange->json()), u"done"_s);
}

void TestToolCalls::progressOpensAStream()
{
    const ExchangePtr exchange = post(call("1", "quick", WithToken));
    QTRY_VERIFY(exchange->finished);
    QCOMPARE(exchange->replies, 0);
    QCOMPARE(exchange->ends, 1);
    QCOMPARE(exchange->events.size(), 2);
    const QJsonObject params{
        {u"progressToken"_s, u"p"_s}, {u"progress"_s, 1}, {u"total"_s, 1}, {u"message"_s, u"nearly"_s}};
    QCOMPARE(exchange->event(0)[u"method"_s].toString(), u"notifications/progress"_s);
    QCOMPARE(exchange->event(0)[u"params"_s].toObject(), params);
    QCOMPARE(textOf(exchange->event(1)), u"quick"_s);
}

void TestToolCalls::progressOnlyRises()
{
    const ExchangePtr exchange = post(call("1", "wait", R"(,"_meta":{"progressToken":7})"));
    const ToolInvocation invocation = m_gate->entered.first();
    const ToolInvocation copy = invocation;
    invocation.reportProgress(0, 0, {});
    copy.reportProgress(0, 0, {});
    copy.reportProgress(2, qQNaN(), u"two"_s);
    invocation.reportProgress(1, 3, u"back"_s);
    invocation.reportProgress(qInf(), 3, u"far"_s);
    invocation.reportProgress(qQNaN(), 3, u"nowhere"_s);
    invocation.reportProgress(2.5, 3, {});
    m_gate->open();
    QTRY_VERIFY(exchange->finished);
    invocation.reportProgress(3, 3, u"late"_s);
    QCOMPARE(exchange->events.size(), 4);
    const QJsonObject first{{u"progressToken"_s, 7}, {u"progress"_s, 0}};
    const QJsonObject second{{u"progressToken"_s, 7}, {u"progress"_s, 2}, {u"message"_s, u"two"_s}};
    const QJsonObject third{{u"progressToken"_s, 7}, {u"progress"_s, 2.5}, {u"total"_s, 3}};
    QCOMPARE(exchange->event(0)[u"params"_s].toObject(), first);
    QCOMPARE(exchange->event(1)[u"params"_s].toObject(), second);
    QCOMPARE(exchange->event(2)[u"params"_s].toObject(), third);
    QCOMPARE(textOf(exchange->event(3)), u"done"_s);
}

void TestToolCalls::noProgressWithoutAToken()
{
    const ExchangePtr exchange = post(call("1", "quick"));
    QTRY_VERIFY(exchange->finished);
    QVERIFY(!exchange->streaming);
    QCOMPARE(textOf(exchange->json()), u"quick"_s);
}

void TestToolCalls::neverStreamsToWhoCannotRead()
{
    const ExchangePtr exchange = post(call("1", "quick", WithToken), {{"Accept", "application/json"}});
    QVERIFY(exchange->finished);
    QVERIFY(!exchange->streaming);
    QCOMPARE(textOf(exchange->json()), u"quick"_s);
}

void TestToolCalls::slowCallBecomesAStream()
{
    const ExchangePtr plain = post(call("1", "wait"), {{"Accept", "*/*"}});
    const ExchangePtr exchange = post(call("2", "wait"));
    QTRY_VERIFY(exchange->streaming);
    QVERIFY(!plain->streaming);
    QVERIFY(exchange->events.isEmpty());
    m_gate->entered.last().reportProgress(1, 2, {});
    m_gate->open();
    QCOMPARE(exchange->events.size(), 1);
    QCOMPARE(textOf(exchange->event(0)), u"done"_s);
    QCOMPARE(exchange->ends, 1);
    QCOMPARE(textOf(plain->json()), u"done"_s);
}

void TestToolCalls::leavingIsNotCancelling()
{
    const ExchangePtr exchange = post(call("1", "wait", WithToken));
    exchange->leave();
    const ToolInvocation invocation = m_gate->entered.first();
    invocation.reportProgress(1, 2, {});
    QVERIFY(!invocation.stopToken().stop_requested());
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 1);
    QVERIFY(!exchange->streaming);
    QCOMPARE(exchange->replies, 0);
}

void TestToolCalls::cancelledCallIsNotAnswered()
{
    const ExchangePtr exchange = post(call("5", "wait"));
    cancel("6", {Cursor}, 1);
    cancel("\"5\"", {Cursor}, 1);
    QVERIFY(!exchange->finished);
    cancel("5", {Cursor}, 1);
    QTRY_COMPARE(m_gate->left, 1);
    QVERIFY(m_gate->entered.first().stopToken().stop_requested());
    QCOMPARE(exchange->replies, 1);
    QCOMPARE(exchange->reply.status, 202);
    QVERIFY(exchange->reply.body.isEmpty());
}

void TestToolCalls::cancelEndsAStream()
{
    const ExchangePtr exchange = post(call("5", "stubborn", WithToken));
    m_gate->entered.first().reportProgress(1, 2, {});
    QCOMPARE(exchange->events.size(), 1);
    cancel("5", {Cursor}, 1);
    QCOMPARE(exchange->ends, 1);
    m_gate->entered.first().reportProgress(2, 2, {});
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 1);
    QCOMPARE(exchange->events.size(), 1);
    QCOMPARE(exchange->ends, 1);
    QCOMPARE(exchange->replies, 0);
}

void TestToolCalls::cancelsAcrossTheConnectionsOfASession()
{
    const ExchangePtr mine = post(call("5", "wait"), {Session}, 1);
    const ExchangePtr others = post(call("5", "wait"), {OtherSession}, 2);
    cancel("5", {OtherSession}, 3);
    QVERIFY(others->finished);
    QVERIFY(!mine->finished);
    m_gate->open();
    QTRY_COMPARE(textOf(mine->json()), u"done"_s);
}

void TestToolCalls::withoutASessionCancelsOnItsConnection()
{
    const ExchangePtr first = post(call("5", "wait"), {Cursor}, 1);
    const ExchangePtr second = post(call("5", "wait"), {Cursor}, 2);
    cancel("5", {Cursor}, 3);
    QVERIFY(!first->finished);
    QVERIFY(!second->finished);
    cancel("5", {Cursor}, 2);
    QVERIFY(second->finished);
    QVERIFY(!m_gate->entered.first().stopToken().stop_requested());
    m_gate->open();
    QCOMPARE(m_gate->left, 2);
}

void TestToolCalls::cancelsAnElementOfABatch()
{
    const ExchangePtr exchange = post('[' + call("1", "wait") + ',' + call("2", "stubborn") + ']');
    QVERIFY(!exchange->finished);
    cancel("1", {Cursor}, 1);
    m_gate->open();
    QTRY_VERIFY(exchange->finished);
    QCOMPARE(exchange->jsonArray().size(), 1);
    QCOMPARE(exchange->jsonArray()[0][u"id"_s].toInt(), 2);
}

void TestToolCalls::cancelAllLetsToolsAnswer()
{
    const ExchangePtr exchange = post(call("1", "wait"));
    m_server->cancelAll();
    QTRY_VERIFY(exchange->finished);
    QCOMPARE(textOf(exchange->json()), u"stopped"_s);
}

void TestToolCalls::turnsAwayTooManyCalls()
{
    QSignalSpy refused(m_server.get(), &Server::toolCallRefused);
    for (int i = 0; i < 64; ++i)
        post(call(QByteArray::number(i), "wait"));
    QCOMPARE(m_gate->entered.size(), 64);
    const ExchangePtr refusedCall = post(call("64", "quick"));
    QCOMPARE(refusedCall->json()[u"result"_s][u"isError"_s].toBool(), true);
    QVERIFY(textOf(refusedCall->json()).contains(u"try again"_s));
    QCOMPARE(refused.size(), 1);
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 64);
    QCOMPARE(textOf(post(call("65", "quick"))->json()), u"quick"_s);
}

void TestToolCalls::turnsAwayCallsThatComeTooFast()
{
    m_server->setCallRate(3, 20);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(textOf(post(call(QByteArray::number(i), "quick"))->json()), u"quick"_s);
    const ExchangePtr fourth = post(call("3", "quick"));
    QCOMPARE(fourth->json()[u"result"_s][u"isError"_s].toBool(), true);
    QVERIFY(textOf(fourth->json()).contains(u"too fast"_s));
    const auto isLetThrough = [this] { return textOf(post(call("4", "quick"))->json()) == u"quick"_s; };
    QVERIFY(QTest::qWaitFor(isLetThrough));
}

void TestToolCalls::abandonedCallsAreAnswered()
{
    const ExchangePtr exchange = post(call("1", "stubborn"));
    m_server->cancelAll();
    QVERIFY(!exchange->finished);
    m_server->abandonAll();
    QVERIFY(exchange->finished);
    QVERIFY(exchange->json()[u"error"_s][u"message"_s].toString().contains(u"stopped"_s));
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 1);
}

void TestToolCalls::exceptionBecomesAnInternalError()
{
    QTest::ignoreMessage(QtCriticalMsg, "The tool throw threw an exception; it must answer with an error instead.");
    const ExchangePtr exchange = post(call("1", "throw"));
    QTRY_VERIFY(exchange->finished);
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32603);
    QVERIFY(!exchange->reply.body.contains("dapi"));
}

void TestToolCalls::toolMayBeReplacedWhileItRuns()
{
    const QString word = u"a captured word that is too long for a small string"_s;
    Tool description{.name = u"capturing"_s};
    RegisteredTool tool{.description = description,
                        .run = [word, gate = m_gate](ToolInvocation) -> QCoro::Task<ToolResult> {
                            Gate::Wait wait(gate.get());
                            co_await wait.passage();
                            co_return ToolResult(word);
                        }};
    m_server->setTools({tool});
    tool = {};
    const ExchangePtr exchange = post(call("1", "capturing"));
    m_server->setTools({});
    m_gate->open();
    QTRY_COMPARE(textOf(exchange->json()), word);
}

void TestToolCalls::serverMayGoWhileToolsRun()
{
    const ExchangePtr exchange = post(call("1", "wait"));
    m_server.reset();
    QVERIFY(exchange->finished);
    QCOMPARE(exchange->replies, 1);
    QTRY_COMPARE(m_gate->left, 1);
}

void TestToolCalls::serverMayGoWhileATooStubbornToolRuns()
{
    const ExchangePtr exchange = post(call("1", "stubborn", WithToken));
    const ExchangePtr batch = post('[' + call("2", "stubborn") + ']');
    m_server.reset();
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32603);
    QCOMPARE(batch->jsonArray()[0][u"error"_s][u"code"_s].toInt(), -32603);
    m_gate->entered.first().reportProgress(1, 2, {});
    m_gate->open();
    QTRY_COMPARE(m_gate->left, 2);
    QCOMPARE(exchange->replies, 1);
    QVERIFY(!exchange->streaming);
}

QTEST_GUILESS_MAIN(TestToolCalls)
#include "tst_toolcalls.moc"
