#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

InputRequest askName()
{
    return InputRequest::elicitation(u"Name?"_s, QJsonObject{{u"type"_s, u"object"_s}});
}

QCoro::Task<ToolResult> greet(ToolInvocation invocation)
{
    const auto name = invocation.input(u"name"_s);
    if (!name) {
        InputRequired input;
        input.requests[u"name"_s] = askName();
        input.state = {{u"asked"_s, true}};
        co_return ToolResult::inputRequired(input);
    }
    const QString asked = invocation.state().value("asked"_L1).toBool() ? u"asked"_s : u"not asked"_s;
    co_return ToolResult(asked + u' ' + name->value("name"_L1).toString());
}

QCoro::Task<ToolResult> askTwoThings(ToolInvocation invocation)
{
    const auto name = invocation.input(u"name"_s);
    const auto roots = invocation.input(u"roots"_s);
    if (!name || !roots) {
        InputRequired input;
        input.requests[u"name"_s] = askName();
        input.requests[u"roots"_s] = InputRequest::roots();
        co_return ToolResult::inputRequired(input);
    }
    co_return ToolResult(u"both"_s);
}

QCoro::Task<ToolResult> insatiable(ToolInvocation)
{
    InputRequired input;
    input.requests[u"name"_s] = askName();
    co_return ToolResult::inputRequired(input);
}

QString textOf(const QJsonObject &message)
{
    return message[u"result"_s][u"content"_s][0][u"text"_s].toString();
}

int errorIn(const QJsonObject &message)
{
    return message[u"error"_s][u"code"_s].toInt();
}

} // namespace

/// Requests for input to clients of the legacy era, which go out on the stream of their own request.
class TestClientInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksOnTheRequestsStream();
    void asksForAllAtOnce();
    void refusalEndsTheRequest();
    void ignoresStrangersAnswers();
    void cancellingEndsTheQuestion();
    void leavingEndsTheQuestion();
    void cancelAllEndsTheQuestion();
    void needsAStream();
    void asksNotForEver();
    void serverMayGoWhileAQuestionIsOpen();

private:
    ExchangePtr call(const QString &tool) { return m_bench->legacy(u"tools/call"_s, {{u"name"_s, tool}}); }

    std::unique_ptr<ServerBench> m_bench;
};

void TestClientInput::init()
{
    m_bench = std::make_unique<ServerBench>();
    m_bench->server.setTools({{.description = {.name = u"greet"_s}, .run = greet},
                              {.description = {.name = u"two"_s}, .run = askTwoThings},
                              {.description = {.name = u"insatiable"_s}, .run = insatiable}});
}

void TestClientInput::asksOnTheRequestsStream()
{
    const ExchangePtr exchange = call(u"greet"_s);
    QCOMPARE(exchange->events.size(), 1);
    const QJsonObject question = exchange->event(0);
    QCOMPARE(question[u"method"_s].toString(), u"elicitation/create"_s);
    QCOMPARE(question[u"params"_s][u"message"_s].toString(), u"Name?"_s);
    QVERIFY(question[u"id"_s].toString().size() >= 32);
    QVERIFY(!exchange->finished);

    m_bench->connection = 2;
    const ExchangePtr answered = m_bench->respond(question[u"id"_s], {{u"name"_s, u"Ada"_s}});
    QCOMPARE(answered->reply.status, 202);
    QCOMPARE(exchange->events.size(), 2);
    QCOMPARE(textOf(exchange->event(1)), u"asked Ada"_s);
    QCOMPARE(exchange->ends, 1);
    // Once is enough.
    m_bench->respond(question[u"id"_s], {{u"name"_s, u"Bob"_s}});
    QCOMPARE(exchange->events.size(), 2);
}

void TestClientInput::asksForAllAtOnce()
{
    const ExchangePtr exchange = call(u"two"_s);
    QCOMPARE(exchange->events.size(), 2);
    QCOMPARE(exchange->event(1)[u"method"_s].toString(), u"roots/list"_s);
    m_bench->respond(exchange->event(1)[u"id"_s], {});
    QCOMPARE(exchange->events.size(), 2);
    m_bench->respond(exchange->event(0)[u"id"_s], {});
    QCOMPARE(textOf(exchange->event(2)), u"both"_s);
}

void TestClientInput::refusalEndsTheRequest()
{
    const ExchangePtr exchange = call(u"two"_s);
    m_bench->send({{u"jsonrpc"_s, u"2.0"_s},
                   {u"id"_s, exchange->event(0)[u"id"_s]},
                   {u"error"_s, QJsonObject{{u"code"_s, -1}, {u"message"_s, u"The user said no"_s}}}});
    QCOMPARE(exchange->ends, 1);
    QCOMPARE(errorIn(exchange->event(2)), -32603);
    QVERIFY(exchange->event(2)[u"error"_s][u"message"_s].toString().contains(u"The user said no"_s));
    m_bench->respond(exchange->event(1)[u"id"_s], {});
    QCOMPARE(exchange->events.size(), 3);
}

void TestClientInput::ignoresStrangersAnswers()
{
    const ExchangePtr exchange = call(u"greet"_s);
    const QJsonValue id = exchange->event(0)[u"id"_s];
    const Http::Headers mine = m_bench->headers;
    m_bench->headers << std::pair<QByteArray, QByteArray>("Authorization", "Bearer another");
    m_bench->respond(id, {{u"name"_s, u"Eve"_s}});
    m_bench->respond(u"nobody asked"_s, {{u"name"_s, u"Eve"_s}});
    QCOMPARE(exchange->events.size(), 1);
    m_bench->headers = mine;
    m_bench->respond(id, {{u"name"_s, u"Ada"_s}});
    QCOMPARE(textOf(exchange->event(1)), u"asked Ada"_s);
}

void TestClientInput::cancellingEndsTheQuestion()
{
    const ExchangePtr exchange = call(u"greet"_s);
    m_bench->send({{u"jsonrpc"_s, u"2.0"_s},
                   {u"method"_s, u"notifications/cancelled"_s},
                   {u"params"_s, QJsonObject{{u"requestId"_s, 7}}}});
    QCOMPARE(exchange->ends, 1);
    m_bench->respond(exchange->event(0)[u"id"_s], {{u"name"_s, u"Ada"_s}});
    QCOMPARE(exchange->events.size(), 1);
    QCOMPARE(exchange.use_count(), 1);
}

void TestClientInput::leavingEndsTheQuestion()
{
    const ExchangePtr exchange = call(u"greet"_s);
    exchange->leave();
    QCOMPARE(exchange.use_count(), 1);
}

void TestClientInput::cancelAllEndsTheQuestion()
{
    const ExchangePtr exchange = call(u"greet"_s);
    m_bench->server.cancelAll();
    QCOMPARE(errorIn(exchange->event(1)), -32603);
    QCOMPARE(exchange->ends, 1);
}

void TestClientInput::needsAStream()
{
    m_bench->headers = {{"Accept", "application/json"}};
    const ExchangePtr exchange = call(u"greet"_s);
    QCOMPARE(ServerBench::codeOf(exchange), -32603);
    QVERIFY(exchange->json()[u"error"_s][u"message"_s].toString().contains(u"event stream"_s));
}

void TestClientInput::asksNotForEver()
{
    const ExchangePtr exchange = call(u"insatiable"_s);
    for (int round = 0; round < 100 && !exchange->finished; ++round)
        m_bench->respond(exchange->event(exchange->events.size() - 1)[u"id"_s], {});
    QVERIFY(exchange->finished);
    QCOMPARE(errorIn(exchange->event(exchange->events.size() - 1)), -32603);
}

void TestClientInput::serverMayGoWhileAQuestionIsOpen()
{
    const ExchangePtr exchange = call(u"greet"_s);
    m_bench.reset();
    QCOMPARE(exchange->ends, 1);
    QCOMPARE(errorIn(exchange->event(1)), -32603);
    QCOMPARE(exchange.use_count(), 1);
}

QTEST_GUILESS_MAIN(TestClientInput)
#include "tst_clientinput.moc"
