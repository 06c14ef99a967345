#include "http/server.h"
#include "mcp/transport/server.h"

#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

namespace {

QCoro::Task<ToolResult> countToThree(ToolInvocation invocation)
{
    for (int i = 1; i <= 3; ++i) {
        co_await QCoro::sleepFor(std::chrono::milliseconds(20));
        invocation.reportProgress(i, 3, u"step %1"_s.arg(i));
    }
    const QJsonObject facts{{u"client"_s, invocation.request().client.displayName()}};
    co_return ToolResult(u"counted"_s, facts);
}

} // namespace

/// The whole way: a client's HTTP stack, the endpoint, the protocol, a tool, and back.
class TestMcpOverHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void talksLikeAClient();
    void streamsProgress();
    void answersDeleteWith405();
    void tellsAListenerThatTheToolsChanged();

private:
    std::unique_ptr<QNetworkReply> send(const QByteArray &method, const QByteArray &body);
    static int status(const QNetworkReply &reply);

    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<Mcp::Server> m_mcp;
    std::unique_ptr<Http::Server> m_http;
};

void TestMcpOverHttp::init()
{
    m_network = std::make_unique<QNetworkAccessManager>();
    m_mcp = std::make_unique<Mcp::Server>(Implementation{u"b"_s, u"B"_s, u"1"_s, QString()});
    Tool description{.name = u"count"_s, .description = u"Counts."_s};
    m_mcp->setTools({{.description = description, .run = countToThree}});
    m_http = std::make_unique<Http::Server>(
        Http::Limits(), [](const Http::RequestHead &) { return std::nullopt; },
        [this](Http::ExchangePtr exchange) { m_mcp->handle(std::move(exchange)); });
    QVERIFY2(m_http->listen({QHostAddress::LocalHost}, 0), qUtf8Printable(m_http->errorString()));
}

void TestMcpOverHttp::cleanup()
{
    m_http.reset();
    m_mcp.reset();
    m_network.reset();
}

std::unique_ptr<QNetworkReply> TestMcpOverHttp::send(const QByteArray &method, const QByteArray &body)
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/mcp"_s.arg(m_http->port())));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Accept", "application/json, text/event-stream");
    request.setRawHeader("MCP-Protocol-Version", "2025-11-25");
    std::unique_ptr<QNetworkReply> reply(m_network->sendCustomRequest(request, method, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    finished.wait();
    return reply;
}

int TestMcpOverHttp::status(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void TestMcpOverHttp::talksLikeAClient()
{
    const auto hello = send("POST", R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{
        "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"2"}}})");
    QCOMPARE(status(*hello), 200);
    QVERIFY(hello->hasRawHeader("Mcp-Session-Id"));
    QCOMPARE(QJsonDocument::fromJson(hello->readAll())[u"result"_s][u"protocolVersion"_s].toString(), u"2025-11-25"_s);

    const auto ready = send("POST", R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    QCOMPARE(status(*ready), 202);
    QVERIFY(ready->readAll().isEmpty());

    const auto list = send("POST", R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    QCOMPARE(QJsonDocument::fromJson(list->readAll())[u"result"_s][u"tools"_s].toArray().size(), 1);

    const auto call = send("POST", R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count"}})");
    QVERIFY(call->header(QNetworkRequest::ContentTypeHeader).toString().startsWith(u"application/json"_s));
    const QJsonDocument answer = QJsonDocument::fromJson(call->readAll());
    QCOMPARE(answer[u"id"_s].toInt(), 2);
    QCOMPARE(answer[u"result"_s][u"structuredContent"_s][u"client"_s].toString(), u"test 2"_s);
}

void TestMcpOverHttp::streamsProgress()
{
    const auto call = send("POST", R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count",
        "_meta":{"progressToken":1}}})");
    QCOMPARE(status(*call), 200);
    QVERIFY(call->header(QNetworkRequest::ContentTypeHeader).toString().startsWith(u"text/event-stream"_s));
    QList<QJsonObject> messages;
    for (const QByteArray &line : call->readAll().split('\n')) {
        if (line.startsWith("data:"))
            messages << QJsonDocument::fromJson(line.mid(5)).object();
    }
    QCOMPARE(messages.size(), 4);
    QCOMPARE(messages.at(0)[u"params"_s][u"progress"_s].toInt(), 1);
    QCOMPARE(messages.at(2)[u"params"_s][u"message"_s].toString(), u"step 3"_s);
    QCOMPARE(messages.at(3)[u"result"_s][u"content"_s][0][u"text"_s].toString(), u"counted"_s);
}

void TestMcpOverHttp::answersDeleteWith405()
{
    const auto reply = send("DELETE", {});
    QCOMPARE(status(*reply), 405);
    QCOMPARE(reply->rawHeader("Allow"), "POST, GET");
}

void TestMcpOverHttp::tellsAListenerThatTheToolsChanged()
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/mcp"_s.arg(m_http->port())));
    request.setRawHeader("Accept", "text/event-stream");
    const std::unique_ptr<QNetworkReply> stream(m_network->get(request));
    QSignalSpy headersCame(stream.get(), &QNetworkReply::metaDataChanged);
    QVERIFY(headersCame.wait());
    QCOMPARE(status(*stream), 200);
    QVERIFY(stream->header(QNetworkRequest::ContentTypeHeader).toString().startsWith(u"text/event-stream"_s));

    m_mcp->setTools({});
    QByteArray received;
    QTRY_VERIFY((received += stream->readAll()).contains("notifications/tools/list_changed"));
    QVERIFY(!stream->isFinished());
    m_mcp->cancelAll();
    QTRY_VERIFY(stream->isFinished());
    QCOMPARE(stream->error(), QNetworkReply::NoError);
}

QTEST_GUILESS_MAIN(TestMcpOverHttp)
#include "tst_mcpoverhttp.moc"
