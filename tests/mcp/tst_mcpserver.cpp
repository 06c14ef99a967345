#include "recordingexchange.h"

#include "mcp/transport/server.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = std::shared_ptr<RecordingExchange>;

namespace {

QCoro::Task<ToolResult> sayHello(ToolInvocation)
{
    const QJsonObject facts{{u"greeting"_s, u"hello"_s}};
    co_return ToolResult(u"hello"_s, facts);
}

QCoro::Task<ToolResult> link(ToolInvocation)
{
    QJsonArray content;
    content << QJsonObject{{u"type"_s, u"resource_link"_s}, {u"name"_s, u"Job"_s}, {u"uri"_s, u"x://job"_s}};
    co_return ToolResult(content);
}

/// Two lines of text, and a table.
QCoro::Task<ToolResult> listThings(ToolInvocation)
{
    QJsonArray rows{QJsonObject{{u"id"_s, 1}, {u"name"_s, u"a"_s}}, QJsonObject{{u"id"_s, 2}}};
    const QJsonObject facts{{u"summary"_s, u"Found 2 things."_s}, {u"things"_s, rows}};
    ToolResult result(u"Found 2 things.\n1 | a\n2 | -"_s, facts);
    result.setTable(u"things"_s, {u"name"_s, u"id"_s});
    co_return result;
}

RegisteredTool tool(const QString &name, QCoro::Task<ToolResult> (*run)(ToolInvocation))
{
    Tool description{.name = name, .title = u"Title of "_s + name, .description = u"Does it."_s};
    description.inputSchema = QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
    description.outputSchema = description.inputSchema;
    return {.description = description, .run = run};
}

const std::pair<QByteArray, QByteArray> Revision20250326("MCP-Protocol-Version", "2025-03-26");
const std::pair<QByteArray, QByteArray> Revision20251125("MCP-Protocol-Version", "2025-11-25");

const QByteArray Ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
const QByteArray Note = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";

} // namespace

class TestMcpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void initializes_data();
    void initializes();
    void initializeNeedsARevision();
    void leavesOutEmptyInstructions();
    void acknowledgesWhatNeedsNoAnswer_data();
    void acknowledgesWhatNeedsNoAnswer();
    void pings();
    void unknownMethodIsAnErrorInTheBody();
    void keepsNoSession();
    void answersNonsenseWith400();
    void answersAnUnknownHeaderWith400();
    void tellsModernClientsWhatIsServed();
    void listsTools();
    void olderRevisionsSeeLess();
    void callsWithAnOlderRevision();
    void answersInTheFormThatTheAddressAsksFor_data();
    void answersInTheFormThatTheAddressAsksFor();
    void answersInTheFormThatTheClientShows_data();
    void answersInTheFormThatTheClientShows();
    void tablesNameTheirColumnsOnce();
    void ignoresWhatClientsAddToReads_data();
    void ignoresWhatClientsAddToReads();
    void refusesUnknownArgumentsOfChanges();
    void listsManyToolsInPages();
    void refusesForeignCursors_data();
    void refusesForeignCursors();
    void answersBatchesTogether();
    void acknowledgesABatchWithoutRequests();
    void refusesBatchesOfLaterRevisions();

private:
    ExchangePtr post(const QByteArray &body, const Http::Headers &headers = {}, const QByteArray &target = "/mcp");
    QJsonObject result(const QByteArray &method, const QByteArray &params, const Http::Headers &headers = {});

    std::unique_ptr<Server> m_server;
};

void TestMcpServer::init()
{
    m_server = std::make_unique<Server>(Implementation{u"bricktray"_s, u"Bricktray"_s, u"1.2.3"_s, u"Be kind."_s});
    m_server->setTools({tool(u"hello"_s, sayHello), tool(u"link"_s, link)});
}

ExchangePtr TestMcpServer::post(const QByteArray &body, const Http::Headers &headers, const QByteArray &target)
{
    auto exchange = std::make_shared<RecordingExchange>(body, headers);
    exchange->setTarget(target);
    m_server->handle(exchange);
    return exchange;
}

QJsonObject TestMcpServer::result(const QByteArray &method, const QByteArray &params, const Http::Headers &headers)
{
    const ExchangePtr exchange =
        post(R"({"jsonrpc":"2.0","id":"r","method":")" + method + R"(","params":)" + params + '}', headers);
    const QJsonObject answer = exchange->json();
    const bool isResult = exchange->reply.status == 200 && answer[u"id"_s].toString() == u"r"_s;
    return isResult ? answer[u"result"_s].toObject() : QJsonObject();
}

void TestMcpServer::initializes_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QString>("agreed");
    QTest::addColumn<bool>("titled");
    QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << u"2025-03-26"_s << false;
    QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << u"2025-06-18"_s << true;
    QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << u"2025-11-25"_s << true;
    QTest::newRow("older") << QByteArray("2024-11-05") << u"2025-11-25"_s << true;
    QTest::newRow("newer") << QByteArray("2026-07-28") << u"2025-11-25"_s << true;
    QTest::newRow("nonsense") << QByteArray("x") << u"2025-11-25"_s << true;
}

void TestMcpServer::initializes()
{
    QFETCH(QByteArray, asked);
    QFETCH(QString, agreed);
    QFETCH(bool, titled);
    const QJsonObject answer =
        result("initialize", R"({"protocolVersion":")" + asked + R"(","capabilities":{},"clientInfo":{"name":"c"}})");
    QCOMPARE(answer[u"protocolVersion"_s].toString(), agreed);
    QCOMPARE(answer[u"serverInfo"_s][u"name"_s].toString(), u"bricktray"_s);
    QCOMPARE(answer[u"serverInfo"_s][u"version"_s].toString(), u"1.2.3"_s);
    QCOMPARE(answer[u"serverInfo"_s].toObject().contains(u"title"_s), titled);
    QCOMPARE(answer[u"instructions"_s].toString(), u"Be kind."_s);
    const QJsonObject listed{{u"listChanged"_s, true}};
    const QJsonObject capabilities{
        {u"tools"_s, listed}, {u"prompts"_s, listed}, {u"resources"_s, listed}, {u"completions"_s, QJsonObject()}};
    QCOMPARE(answer[u"capabilities"_s].toObject(), capabilities);
}

void TestMcpServer::initializeNeedsARevision()
{
    const ExchangePtr exchange = post(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})");
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32602);
}

void TestMcpServer::leavesOutEmptyInstructions()
{
    m_server = std::make_unique<Server>(Implementation{u"b"_s, u"B"_s, u"1"_s, QString()});
    QVERIFY(!result("initialize", R"({"protocolVersion":"2025-11-25"})").contains(u"instructions"_s));
}

void TestMcpServer::acknowledgesWhatNeedsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("initialized") << Note;
    QTest::newRow("unknown") << QByteArray(R"({"jsonrpc":"2.0","method":"notifications/unheard_of"})");
    QTest::newRow("cancelled, nothing runs")
        << QByteArray(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
    QTest::newRow("cancelled, no id") << QByteArray(R"({"jsonrpc":"2.0","method":"notifications/cancelled"})");
    QTest::newRow("response") << QByteArray(R"({"jsonrpc":"2.0","id":1,"result":{}})");
    QTest::newRow("error response") << QByteArray(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}})");
}

void TestMcpServer::acknowledgesWhatNeedsNoAnswer()
{
    QFETCH(QByteArray, body);
    const ExchangePtr exchange = post(body, {Revision20251125});
    QCOMPARE(exchange->replies, 1);
    QCOMPARE(exchange->reply.status, 202);
    QVERIFY(exchange->reply.body.isEmpty());
}

void TestMcpServer::pings()
{
    const ExchangePtr exchange = post(Ping);
    QCOMPARE(exchange->reply.status, 200);
    QCOMPARE(exchange->reply.contentType, "application/json");
    QCOMPARE(exchange->reply.body, R"({"id":1,"jsonrpc":"2.0","result":{}})");
    for (const auto &header : exchange->reply.headers)
        QVERIFY(header.first.toLower() != "mcp-session-id");
}

void TestMcpServer::unknownMethodIsAnErrorInTheBody()
{
    const ExchangePtr exchange = post(R"({"jsonrpc":"2.0","id":5,"method":"no/such"})");
    QCOMPARE(exchange->reply.status, 200);
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32601);
    QCOMPARE(exchange->json()[u"id"_s].toInt(), 5);
}

void TestMcpServer::keepsNoSession()
{
    for (const char *method : {"DELETE", "PUT"}) {
        const auto exchange = std::make_shared<RecordingExchange>(QByteArray());
        exchange->setMethod(method);
        m_server->handle(exchange);
        QCOMPARE(exchange->reply.status, 405);
        QCOMPARE(Http::headerValue(exchange->reply.headers, "Allow"), "POST, GET");
        QVERIFY(exchange->json().contains(u"error"_s));
    }
}

void TestMcpServer::answersNonsenseWith400()
{
    const ExchangePtr noJson = post("{");
    QCOMPARE(noJson->reply.status, 400);
    QCOMPARE(noJson->json()[u"error"_s][u"code"_s].toInt(), -32700);
    const ExchangePtr noMethod = post(R"({"jsonrpc":"2.0","id":77})");
    QCOMPARE(noMethod->reply.status, 400);
    QCOMPARE(noMethod->json()[u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(noMethod->json()[u"id"_s].toInt(), 77);
}

void TestMcpServer::answersAnUnknownHeaderWith400()
{
    const ExchangePtr exchange = post(Ping, {{"MCP-Protocol-Version", "2024-11-05"}});
    QCOMPARE(exchange->reply.status, 400);
    QCOMPARE(exchange->json()[u"id"_s].toInt(), 1);
    QVERIFY(exchange->json()[u"error"_s].isObject());
}

void TestMcpServer::tellsModernClientsWhatIsServed()
{
    const ExchangePtr exchange = post(R"({"jsonrpc":"2.0","id":3,"method":"server/discover","params":{"_meta":{
        "io.modelcontextprotocol/protocolVersion":"2031-01-01","io.modelcontextprotocol/clientCapabilities":{}}}})",
                                      {{"MCP-Protocol-Version", "2031-01-01"}, {"Mcp-Method", "server/discover"}});
    QCOMPARE(exchange->reply.status, 400);
    const QJsonObject error = exchange->json()[u"error"_s].toObject();
    QCOMPARE(exchange->json()[u"id"_s].toInt(), 3);
    QCOMPARE(error[u"code"_s].toInt(), -32022);
    QVERIFY(error[u"data"_s][u"supported"_s].toArray().contains(u"2025-11-25"_s));
    QVERIFY(error[u"data"_s][u"supported"_s].toArray().contains(u"2026-07-28"_s));
    QCOMPARE(error[u"data"_s][u"requested"_s].toString(), u"2031-01-01"_s);
}

void TestMcpServer::listsTools()
{
    const QJsonObject answer = result("tools/list", "{}", {Revision20251125});
    QVERIFY(!answer.contains(u"nextCursor"_s));
    const QJsonArray tools = answer[u"tools"_s].toArray();
    QCOMPARE(tools.size(), 2);
    QCOMPARE(tools[0][u"name"_s].toString(), u"hello"_s);
    QCOMPARE(tools[1][u"name"_s].toString(), u"link"_s);
    QCOMPARE(tools[0][u"title"_s].toString(), u"Title of hello"_s);
    QCOMPARE(tools[0][u"description"_s].toString(), u"Does it."_s);
    QCOMPARE(tools[0][u"inputSchema"_s][u"type"_s].toString(), u"object"_s);
    QVERIFY(tools[0][u"outputSchema"_s].isObject());
    // What has its default is not said.
    const QJsonObject annotations{{u"readOnlyHint"_s, true}};
    QCOMPARE(tools[0][u"annotations"_s].toObject(), annotations);
}

void TestMcpServer::olderRevisionsSeeLess()
{
    const QJsonArray tools = result("tools/list", "{}", {Revision20250326})[u"tools"_s].toArray();
    const QStringList members{u"annotations"_s, u"description"_s, u"inputSchema"_s, u"name"_s};
    QCOMPARE(tools[0].toObject().keys(), members);
}

void TestMcpServer::callsWithAnOlderRevision()
{
    const QJsonObject newer = result("tools/call", R"({"name":"hello"})", {Revision20251125});
    QCOMPARE(newer[u"structuredContent"_s][u"greeting"_s].toString(), u"hello"_s);
    const QJsonObject older = result("tools/call", R"({"name":"hello"})", {Revision20250326});
    QVERIFY(!older.contains(u"structuredContent"_s));
    QCOMPARE(older[u"content"_s][0][u"text"_s].toString(), u"hello"_s);

    const QJsonObject newerLink = result("tools/call", R"({"name":"link"})", {Revision20251125});
    QCOMPARE(newerLink[u"content"_s][0][u"type"_s].toString(), u"resource_link"_s);
    const QJsonObject olderLink = result("tools/call", R"({"name":"link"})", {Revision20250326});
    QCOMPARE(olderLink[u"content"_s][0][u"text"_s].toString(), u"Job: x://job"_s);
}

namespace {

const QByteArray ListTools = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
const QByteArray CallThings = R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"things"}})";

void answerFormsData()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("structured");
}

const QString WholeText = u"Found 2 things.\n1 | a\n2 | -"_s;

} // namespace

void TestMcpServer::answersInTheFormThatTheAddressAsksFor_data()
{
    answerFormsData();
    QTest::newRow("nothing") << QByteArray("/mcp") << WholeText << true;
    QTest::newRow("both") << QByteArray("/mcp?answers=both") << WholeText << true;
    QTest::newRow("text") << QByteArray("/mcp?answers=text") << WholeText << false;
    QTest::newRow("structured") << QByteArray("/mcp?answers=structured") << u"Found 2 things."_s << true;
    QTest::newRow("nonsense") << QByteArray("/mcp?answers=x") << WholeText << true;
}

void TestMcpServer::answersInTheFormThatTheAddressAsksFor()
{
    QFETCH(QByteArray, asked);
    QFETCH(QString, text);
    QFETCH(bool, structured);
    m_server->setTools({tool(u"things"_s, listThings)});
    // Whoever gets no structured content must not be promised any.
    const QJsonObject listed = post(ListTools, {Revision20251125}, asked)->json();
    QCOMPARE(listed[u"result"_s][u"tools"_s][0].toObject().contains(u"outputSchema"_s), structured);
    const QJsonObject answer = post(CallThings, {Revision20251125}, asked)->json()[u"result"_s].toObject();
    QCOMPARE(answer.contains(u"structuredContent"_s), structured);
    QCOMPARE(answer[u"content"_s][0][u"text"_s].toString(), text);
}

void TestMcpServer::answersInTheFormThatTheClientShows_data()
{
    answerFormsData();
    QTest::newRow("unknown") << QByteArray("my-own-program") << WholeText << true;
    QTest::newRow("opencode") << QByteArray("opencode") << WholeText << false;
    QTest::newRow("Cursor") << QByteArray("cursor-vscode") << WholeText << false;
    QTest::newRow("VS Code") << QByteArray("Visual Studio Code") << WholeText << false;
    QTest::newRow("Qwen") << QByteArray("qwen-cli-mcp-client-x") << WholeText << false;
    QTest::newRow("Claude Code") << QByteArray("claude-code") << u"Found 2 things."_s << true;
    QTest::newRow("Codex") << QByteArray("codex-mcp-client") << u"Found 2 things."_s << true;
}

void TestMcpServer::answersInTheFormThatTheClientShows()
{
    QFETCH(QByteArray, asked);
    QFETCH(QString, text);
    QFETCH(bool, structured);
    m_server->setTools({tool(u"things"_s, listThings)});
    post(
        R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":")" +
        asked + R"(","version":"1"}}})");
    const QJsonObject listed = post(ListTools, {Revision20251125})->json();
    QCOMPARE(listed[u"result"_s][u"tools"_s][0].toObject().contains(u"outputSchema"_s), structured);
    const QJsonObject answer = post(CallThings, {Revision20251125})->json()[u"result"_s].toObject();
    QCOMPARE(answer.contains(u"structuredContent"_s), structured);
    QCOMPARE(answer[u"content"_s][0][u"text"_s].toString(), text);
}

void TestMcpServer::tablesNameTheirColumnsOnce()
{
    m_server->setTools({tool(u"things"_s, listThings)});
    const QByteArray body = post(CallThings, {Revision20251125})->reply.body;
    // The short members come first: clients that cut a long answer cut its end.
    QVERIFY2(
        body.contains(
            R"("structuredContent":{"summary":"Found 2 things.","columns":["name","id"],"things":[["a",1],[null,2]]})"),
        body.constData());
}

void TestMcpServer::ignoresWhatClientsAddToReads_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<bool>("told");
    QTest::newRow("random_string") << QByteArray(R"({"random_string":"x"})") << false;
    QTest::newRow("toolCallId") << QByteArray(R"({"toolCallId":"x","task_progress":"- [ ] a"})") << false;
    QTest::newRow("unknown") << QByteArray(R"({"colour":"red"})") << true;
}

void TestMcpServer::ignoresWhatClientsAddToReads()
{
    QFETCH(QByteArray, arguments);
    QFETCH(bool, told);
    const QJsonObject answer =
        result("tools/call", R"({"name":"hello","arguments":)" + arguments + '}', {Revision20251125});
    QVERIFY(!answer[u"isError"_s].toBool());
    QCOMPARE(answer[u"content"_s][0][u"text"_s].toString().contains(u"colour"_s), told);
    QCOMPARE(answer[u"structuredContent"_s][u"summary"_s].toString().contains(u"colour"_s), told);
}

void TestMcpServer::refusesUnknownArgumentsOfChanges()
{
    RegisteredTool change = tool(u"change"_s, sayHello);
    change.description.annotations.readOnly = false;
    m_server->setTools({change});
    const QJsonObject known =
        result("tools/call", R"({"name":"change","arguments":{"toolCallId":"1"}})", {Revision20251125});
    QVERIFY(!known[u"isError"_s].toBool());
    const QJsonObject refused =
        result("tools/call", R"({"name":"change","arguments":{"colour":"red"}})", {Revision20251125});
    QVERIFY(refused[u"isError"_s].toBool());
    QVERIFY(refused[u"content"_s][0][u"text"_s].toString().contains(u"colour"_s));
}

void TestMcpServer::listsManyToolsInPages()
{
    QList<RegisteredTool> tools;
    for (int i = 0; i < 450; ++i)
        tools << tool(u"tool_%1"_s.arg(i), sayHello);
    m_server->setTools(tools);

    QStringList names;
    QList<qsizetype> pages;
    QByteArray params = "{}";
    while (pages.size() < 5) {
        const QJsonObject page = result("tools/list", params);
        const QJsonArray listed = page[u"tools"_s].toArray();
        pages << listed.size();
        for (const QJsonValue &entry : listed)
            names << entry[u"name"_s].toString();
        if (!page.contains(u"nextCursor"_s))
            break;
        params = R"({"cursor":")" + page[u"nextCursor"_s].toString().toUtf8() + R"("})";
    }
    const QList<qsizetype> expected{200, 200, 50};
    QCOMPARE(pages, expected);
    QCOMPARE(names.size(), 450);
    QCOMPARE(names.first(), u"tool_0"_s);
    QCOMPARE(names.last(), u"tool_449"_s);
}

void TestMcpServer::refusesForeignCursors_data()
{
    QTest::addColumn<QByteArray>("cursor");
    QTest::newRow("words") << QByteArray("\"banana\"");
    QTest::newRow("number") << QByteArray("200");
    QTest::newRow("empty") << QByteArray("\"\"");
    QTest::newRow("without a seal") << QByteArray(R"("MjAw")");
    QTest::newRow("with a wrong seal") << QByteArray(R"("MjAw.MjAw")");
}

void TestMcpServer::refusesForeignCursors()
{
    QFETCH(QByteArray, cursor);
    const ExchangePtr exchange =
        post(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":)" + cursor + "}}");
    QCOMPARE(exchange->json()[u"error"_s][u"code"_s].toInt(), -32602);
}

void TestMcpServer::answersBatchesTogether()
{
    const ExchangePtr exchange = post('[' + Ping + ',' + Note + R"(,5,{"jsonrpc":"2.0","id":2,"method":"no/such"},
        {"jsonrpc":"2.0","id":3,"method":"initialize","params":{"protocolVersion":"2025-03-26"}},
        {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"hello"}}])");
    QCOMPARE(exchange->replies, 1);
    QCOMPARE(exchange->reply.status, 200);
    const QJsonArray answers = exchange->jsonArray();
    QCOMPARE(answers.size(), 5);
    QCOMPARE(answers[0][u"id"_s].toInt(), 1);
    QVERIFY(answers[0][u"result"_s].isObject());
    QCOMPARE(answers[1][u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(answers[2][u"error"_s][u"code"_s].toInt(), -32601);
    QCOMPARE(answers[3][u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(answers[4][u"result"_s][u"isError"_s].toBool(true), false);
}

void TestMcpServer::acknowledgesABatchWithoutRequests()
{
    const ExchangePtr exchange = post('[' + Note + R"(,{"jsonrpc":"2.0","id":1,"result":{}}])", {Revision20250326});
    QCOMPARE(exchange->replies, 1);
    QCOMPARE(exchange->reply.status, 202);
}

void TestMcpServer::refusesBatchesOfLaterRevisions()
{
    const ExchangePtr later = post('[' + Ping + ']', {Revision20251125});
    QCOMPARE(later->reply.status, 400);
    QCOMPARE(later->json()[u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(post("[]")->reply.status, 400);
}

QTEST_GUILESS_MAIN(TestMcpServer)
#include "tst_mcpserver.moc"
