#include "gate.h"
#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

QCoro::Task<ToolResult> greet(ToolInvocation invocation)
{
    invocation.log(LogLevel::Info, u"greeting"_s, u"greeter"_s);
    const QJsonObject facts{{u"client"_s, invocation.client().displayName()}};
    co_return ToolResult(u"hello"_s, facts);
}

InputRequest askName()
{
    return InputRequest::elicitation(u"Name?"_s, QJsonObject{{u"type"_s, u"object"_s}});
}

// Asks for a name, then for a word of the client's model, and keeps the name meanwhile.
QCoro::Task<ToolResult> interview(ToolInvocation invocation)
{
    const QString known = invocation.state().value("name"_L1).toString();
    if (const auto word = invocation.input(u"word"_s); word && !known.isEmpty())
        co_return ToolResult(known + u" "_s + word->value("word"_L1).toString());
    if (const auto name = invocation.input(u"name"_s)) {
        InputRequired next;
        next.requests[u"word"_s] = InputRequest::sampling(u"A word?"_s, 10);
        next.state = {{u"name"_s, name->value("name"_L1)}};
        co_return ToolResult::inputRequired(next);
    }
    InputRequired first;
    first.requests[u"name"_s] = askName();
    first.state = {{u"begun"_s, true}};
    co_return ToolResult::inputRequired(first);
}

RegisteredTool tool(const QString &name, const std::function<QCoro::Task<ToolResult>(ToolInvocation)> &run)
{
    const QJsonObject id{{u"type"_s, u"string"_s}};
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"id"_s, id}}}};
    return {.description = {.name = name, .description = u"Does it."_s, .inputSchema = schema}, .run = run};
}

QJsonObject call(const QString &tool, const QJsonObject &more = {})
{
    QJsonObject params = more;
    params[u"name"_s] = tool;
    return params;
}

QString textOf(const QJsonObject &result)
{
    return result[u"content"_s][0][u"text"_s].toString();
}

} // namespace

/// Revision 2026-07-28.
class TestModernEra : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void discovers();
    void completesEveryResult();
    void saysHowLongAListKeeps();
    void legacyResultsHaveNothingOfIt();
    void answersWhatIsGoneWith404_data();
    void answersWhatIsGoneWith404();
    void toolErrorsAreResults();
    void takesTheClientFromTheRequest();
    void logsOnlyWhenAsked();
    void leavingIsCancelling();
    void aCancelledNotificationCancelsToo();
    void asksOnlyForWhatIsDeclared();
    void formsNeedTheFormMode();
    void goesThroughTheRounds();
    void asksAgainForWhatIsMissing();
    void refusesForeignStates_data();
    void refusesForeignStates();
    void refusesMalformedRetries();

private:
    std::shared_ptr<Gate> m_gate;
    std::unique_ptr<ServerBench> m_bench;
};

void TestModernEra::init()
{
    m_gate = std::make_shared<Gate>();
    m_bench = std::make_unique<ServerBench>();
    m_bench->server.setLogging(true);
    m_bench->server.setTools({
        tool(u"greet"_s, greet),
        tool(u"interview"_s, interview),
        tool(u"wait"_s, [gate = m_gate](ToolInvocation invocation) { return waitAt(gate, invocation); }),
    });
}

void TestModernEra::discovers()
{
    const ExchangePtr exchange = m_bench->modern(u"server/discover"_s);
    QCOMPARE(exchange->reply.status, 200);
    const QJsonObject result = ServerBench::resultOf(exchange);
    const QJsonArray versions{u"2026-07-28"_s, u"2025-11-25"_s, u"2025-06-18"_s, u"2025-03-26"_s};
    QCOMPARE(result[u"supportedVersions"_s].toArray(), versions);
    QCOMPARE(result[u"instructions"_s].toString(), u"Be kind."_s);
    QVERIFY(result[u"capabilities"_s][u"logging"_s].isObject());
    QCOMPARE(result[u"capabilities"_s][u"tools"_s][u"listChanged"_s].toBool(), true);
    QVERIFY(!result[u"capabilities"_s][u"resources"_s].toObject().contains(u"subscribe"_s));
    QVERIFY(result[u"ttlMs"_s].toInt() > 0);
    QCOMPARE(result[u"cacheScope"_s].toString(), u"private"_s);
    QVERIFY(!result.contains(u"serverInfo"_s));
}

void TestModernEra::completesEveryResult()
{
    for (const QString &method : {u"server/discover"_s, u"tools/list"_s, u"prompts/list"_s, u"resources/list"_s,
                                  u"resources/templates/list"_s}) {
        const QJsonObject result = ServerBench::resultOf(m_bench->modern(method));
        QCOMPARE(result[u"resultType"_s].toString(), u"complete"_s);
        const QJsonValue info = result[u"_meta"_s][u"io.modelcontextprotocol/serverInfo"_s];
        QCOMPARE(info[u"name"_s].toString(), u"bench"_s);
    }
    const QJsonObject called = ServerBench::resultOf(m_bench->modern(u"tools/call"_s, call(u"greet"_s)));
    QCOMPARE(called[u"resultType"_s].toString(), u"complete"_s);
    QVERIFY(!called.contains(u"ttlMs"_s));
}

void TestModernEra::saysHowLongAListKeeps()
{
    for (const QString &method :
         {u"tools/list"_s, u"prompts/list"_s, u"resources/list"_s, u"resources/templates/list"_s}) {
        const QJsonObject result = ServerBench::resultOf(m_bench->modern(method));
        QVERIFY(result[u"ttlMs"_s].toInt(-1) >= 0);
        QCOMPARE(result[u"cacheScope"_s].toString(), u"private"_s);
    }
}

void TestModernEra::legacyResultsHaveNothingOfIt()
{
    const QStringList keys{u"tools"_s};
    QCOMPARE(ServerBench::resultOf(m_bench->legacy(u"tools/list"_s)).keys(), keys);
    const QJsonObject called = ServerBench::resultOf(m_bench->legacy(u"tools/call"_s, call(u"greet"_s)));
    QVERIFY(!called.contains(u"resultType"_s));
    QVERIFY(!called.contains(u"_meta"_s));
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"server/discover"_s)), -32601);
}

void TestModernEra::answersWhatIsGoneWith404_data()
{
    QTest::addColumn<QString>("method");
    for (const char *method :
         {"initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "no/such"})
        QTest::newRow(method) << QString::fromLatin1(method);
}

void TestModernEra::answersWhatIsGoneWith404()
{
    QFETCH(QString, method);
    const ExchangePtr exchange = m_bench->modern(method);
    QCOMPARE(exchange->reply.status, 404);
    QCOMPARE(ServerBench::codeOf(exchange), -32601);
    QCOMPARE(exchange->json()[u"id"_s].toInt(), 7);
}

void TestModernEra::toolErrorsAreResults()
{
    const ExchangePtr unknown = m_bench->modern(u"tools/call"_s, call(u"no_such"_s));
    QCOMPARE(unknown->reply.status, 200);
    QCOMPARE(ServerBench::codeOf(unknown), -32602);
}

void TestModernEra::takesTheClientFromTheRequest()
{
    m_bench->legacy(u"initialize"_s,
                    {{u"protocolVersion"_s, u"2025-11-25"_s}, {u"clientInfo"_s, QJsonObject{{u"name"_s, u"old"_s}}}});
    const auto clientSeen = [this] {
        const QJsonObject result = ServerBench::resultOf(m_bench->modern(u"tools/call"_s, call(u"greet"_s)));
        return result[u"structuredContent"_s][u"client"_s].toString();
    };
    QCOMPARE(clientSeen(), u"bench"_s);
    m_bench->meta[u"io.modelcontextprotocol/clientInfo"_s] =
        QJsonObject{{u"name"_s, u"new\u202E"_s}, {u"version"_s, u"2"_s}};
    QCOMPARE(clientSeen(), u"new 2"_s);
}

void TestModernEra::logsOnlyWhenAsked()
{
    QVERIFY(!m_bench->modern(u"tools/call"_s, call(u"greet"_s))->streaming);
    m_bench->meta[u"io.modelcontextprotocol/logLevel"_s] = u"warning"_s;
    QVERIFY(!m_bench->modern(u"tools/call"_s, call(u"greet"_s))->streaming);
    m_bench->meta[u"io.modelcontextprotocol/logLevel"_s] = u"debug"_s;
    const ExchangePtr exchange = m_bench->modern(u"tools/call"_s, call(u"greet"_s));
    QCOMPARE(exchange->events.size(), 2);
    const QJsonObject params{{u"level"_s, u"info"_s}, {u"data"_s, u"greeting"_s}, {u"logger"_s, u"greeter"_s}};
    QCOMPARE(exchange->event(0)[u"method"_s].toString(), u"notifications/message"_s);
    QCOMPARE(exchange->event(0)[u"params"_s].toObject(), params);

    m_bench->server.setLogging(false);
    QVERIFY(!m_bench->modern(u"tools/call"_s, call(u"greet"_s))->streaming);
}

void TestModernEra::leavingIsCancelling()
{
    const ExchangePtr exchange = m_bench->modern(u"tools/call"_s, call(u"wait"_s));
    QCOMPARE(m_gate->left, 0);
    exchange->leave();
    QCOMPARE(m_gate->left, 1);
    QVERIFY(m_gate->entered.first().stopToken().stop_requested());
    QCOMPARE(exchange->replies, 0);
}

void TestModernEra::aCancelledNotificationCancelsToo()
{
    const ExchangePtr exchange = m_bench->modern(u"tools/call"_s, call(u"wait"_s));
    const QJsonObject params{{u"requestId"_s, 7}};
    m_bench->send({{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, u"notifications/cancelled"_s}, {u"params"_s, params}},
                  {{"MCP-Protocol-Version", "2026-07-28"}});
    QVERIFY(m_gate->entered.first().stopToken().stop_requested());
    QVERIFY(exchange->finished);
}

void TestModernEra::asksOnlyForWhatIsDeclared()
{
    const ExchangePtr exchange = m_bench->modern(u"tools/call"_s, call(u"interview"_s));
    QCOMPARE(exchange->reply.status, 400);
    QCOMPARE(ServerBench::codeOf(exchange), -32021);
    const QJsonObject required{{u"elicitation"_s, QJsonObject()}};
    QCOMPARE(exchange->json()[u"error"_s][u"data"_s][u"requiredCapabilities"_s].toObject(), required);
}

void TestModernEra::formsNeedTheFormMode()
{
    const QJsonObject mode;
    m_bench->capabilities = {{u"elicitation"_s, QJsonObject{{u"url"_s, mode}}}};
    QCOMPARE(ServerBench::codeOf(m_bench->modern(u"tools/call"_s, call(u"interview"_s))), -32021);
    m_bench->capabilities = {{u"elicitation"_s, QJsonObject{{u"url"_s, mode}, {u"form"_s, mode}}}};
    QCOMPARE(ServerBench::codeOf(m_bench->modern(u"tools/call"_s, call(u"interview"_s))), 0);
}

void TestModernEra::goesThroughTheRounds()
{
    m_bench->capabilities = {{u"elicitation"_s, QJsonObject()}, {u"sampling"_s, QJsonObject()}};
    const QJsonObject first = ServerBench::resultOf(m_bench->modern(u"tools/call"_s, call(u"interview"_s)));
    QCOMPARE(first[u"resultType"_s].toString(), u"input_required"_s);
    QVERIFY(!first.contains(u"content"_s));
    QCOMPARE(first[u"inputRequests"_s][u"name"_s][u"method"_s].toString(), u"elicitation/create"_s);
    QCOMPARE(first[u"inputRequests"_s][u"name"_s][u"params"_s][u"message"_s].toString(), u"Name?"_s);

    const QJsonObject name{{u"name"_s, QJsonObject{{u"name"_s, u"Ada"_s}}}};
    const QJsonObject second = ServerBench::resultOf(m_bench->modern(
        u"tools/call"_s,
        call(u"interview"_s, {{u"inputResponses"_s, name}, {u"requestState"_s, first[u"requestState"_s]}})));
    QCOMPARE(second[u"resultType"_s].toString(), u"input_required"_s);
    QCOMPARE(second[u"inputRequests"_s].toObject().keys(), QStringList{u"word"_s});
    QVERIFY(second[u"requestState"_s] != first[u"requestState"_s]);

    const QJsonObject word{{u"word"_s, QJsonObject{{u"word"_s, u"wins"_s}}}, {u"unknown"_s, QJsonObject()}};
    const QJsonObject third = ServerBench::resultOf(m_bench->modern(
        u"tools/call"_s,
        call(u"interview"_s, {{u"inputResponses"_s, word}, {u"requestState"_s, second[u"requestState"_s]}})));
    QCOMPARE(third[u"resultType"_s].toString(), u"complete"_s);
    QCOMPARE(textOf(third), u"Ada wins"_s);
}

void TestModernEra::asksAgainForWhatIsMissing()
{
    m_bench->capabilities = {{u"elicitation"_s, QJsonObject()}};
    for (const QJsonValue &answer : {QJsonValue(12345), QJsonValue(QJsonArray()), QJsonValue(u"x"_s)}) {
        const QJsonObject responses{{u"name"_s, answer}};
        const ExchangePtr exchange =
            m_bench->modern(u"tools/call"_s, call(u"interview"_s, {{u"inputResponses"_s, responses}}));
        QCOMPARE(ServerBench::resultOf(exchange)[u"resultType"_s].toString(), u"input_required"_s);
    }
}

void TestModernEra::refusesForeignStates_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QByteArray>("key");
    const QJsonObject other{{u"id"_s, u"2"_s}};
    QTest::newRow("tampered") << u"-TAMPERED"_s << QJsonObject() << QByteArray("mine");
    QTest::newRow("for other arguments") << QString() << other << QByteArray("mine");
    QTest::newRow("of somebody else") << QString() << QJsonObject() << QByteArray("theirs");
}

void TestModernEra::refusesForeignStates()
{
    QFETCH(QString, suffix);
    QFETCH(QJsonObject, arguments);
    QFETCH(QByteArray, key);
    m_bench->capabilities = {{u"elicitation"_s, QJsonObject()}, {u"sampling"_s, QJsonObject()}};
    m_bench->headers << std::pair<QByteArray, QByteArray>("Authorization", "Bearer mine");
    const QJsonObject first = ServerBench::resultOf(
        m_bench->modern(u"tools/call"_s, call(u"interview"_s, {{u"arguments"_s, QJsonObject()}})));
    const QString state = first[u"requestState"_s].toString();
    QVERIFY(!state.isEmpty());

    m_bench->headers.last().second = "Bearer " + key;
    const ExchangePtr exchange = m_bench->modern(
        u"tools/call"_s,
        call(u"interview"_s, {{u"arguments"_s, arguments}, {u"requestState"_s, QString(state + suffix)}}));
    QCOMPARE(ServerBench::codeOf(exchange), -32602);
}

void TestModernEra::refusesMalformedRetries()
{
    const QList<std::pair<QString, QJsonValue>> retries{{u"inputResponses"_s, QJsonValue()},
                                                        {u"inputResponses"_s, 1},
                                                        {u"requestState"_s, QJsonValue()},
                                                        {u"requestState"_s, 1}};
    for (const auto &[member, value] : retries) {
        const QJsonObject retry{{member, value}};
        QCOMPARE(ServerBench::codeOf(m_bench->modern(u"tools/call"_s, call(u"interview"_s, retry))), -32602);
    }
}

QTEST_GUILESS_MAIN(TestModernEra)
#include "tst_modernera.moc"
