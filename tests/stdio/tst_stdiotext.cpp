#include "stdio/httpcall.h"
#include "stdio/message.h"
#include "stdio/outgoing.h"
#include "stdio/streamreaders.h"

#include <QTest>

using namespace Stdio;
using namespace Qt::StringLiterals;

namespace {

QByteArray header(const Outgoing &outgoing, const QByteArray &name)
{
    for (const auto &[key, value] : outgoing.headers) {
        if (key == name)
            return value;
    }
    return {};
}

QByteArray modern(const QByteArray &method, const QByteArray &more)
{
    return R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":{)" + more +
           R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})";
}

} // namespace

/// The texts the relay reads, each in whatever pieces it comes.
class TestStdioText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsLines();
    void givesUpLongLines();
    void readsEvents();
    void readsHeads();
    void readsOutgoing();
    void repeatsModernMessagesInHeaders();
    void keepsHeadersPlain();
    void passesOnlyJsonRpc();
    void boundsTheBacklog();
};

void TestStdioText::cutsLines()
{
    for (const qsizetype piece : {1, 2, 3, 100}) {
        LineReader reader(10);
        QByteArrayList lines;
        const QByteArray text = "one\n\r\n  \ntwo\r\nthree\nfo\rur\n12345678\r\nlast";
        for (qsizetype from = 0; from < text.size(); from += piece) {
            for (const Line &line : reader.read(text.mid(from, piece)))
                lines << line.text;
        }
        QCOMPARE(lines, QByteArrayList({"one", "two", "three", "fo\rur", "12345678"}));
        const QList<Line> rest = reader.end();
        QCOMPARE(rest.size(), 1);
        QCOMPARE(rest.first().text, "last");
        QVERIFY(reader.end().isEmpty());
    }
}

void TestStdioText::givesUpLongLines()
{
    for (const qsizetype piece : {1, 7, 1000}) {
        LineReader reader(8);
        QList<Line> lines;
        const QByteArray text = "12345678\n12345678\r\n123456789\n123456789\r\n" + QByteArray(500, 'x') + "\nok\n";
        for (qsizetype from = 0; from < text.size(); from += piece)
            lines << reader.read(text.mid(from, piece));
        QList<bool> tooLong;
        for (const Line &line : lines)
            tooLong << line.isTooLong;
        QCOMPARE(tooLong, QList<bool>({false, false, true, true, true, false}));
        QCOMPARE(lines.last().text, "ok");
    }
}

void TestStdioText::readsEvents()
{
    const QByteArray text = ": comment\n\nid: 1\nevent: message\ndata: {\"a\":\n" +
                            QByteArray("data: 1}\n\ndata:x\r\n\r\n") + "retry: 5\n\ndata\n\ndata: unfinished\n";
    for (const qsizetype piece : {1, 2, 5, 1000}) {
        EventReader reader;
        QByteArrayList events;
        for (qsizetype from = 0; from < text.size(); from += piece)
            events << reader.read(text.mid(from, piece));
        QCOMPARE(events, QByteArrayList({"{\"a\":\n1}", "x"}));
    }
}

void TestStdioText::readsHeads()
{
    const auto head = readAnswerHead("HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\nX: y");
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QVERIFY(head->isEventStream());
    QCOMPARE(head->contentLength, -1);
    QCOMPARE(readAnswerHead("HTTP/1.0 202 Accepted\r\ncontent-length: 12")->contentLength, 12);
    QVERIFY(!readAnswerHead("SSH-2.0-OpenSSH_9.2"));
    QVERIFY(!readAnswerHead("HTTP/1.1 0 No"));
}

void TestStdioText::readsOutgoing()
{
    const Outgoing request = readOutgoing("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");
    QCOMPARE(request.ids, QJsonArray({u"a"_s}));
    QCOMPARE(request.method, u"ping"_s);
    QVERIFY(!request.isModern && request.headers.isEmpty() && request.cancelled.isUndefined());

    const QByteArray notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    QVERIFY(readOutgoing(notification).ids.isEmpty());
    QVERIFY(readOutgoing("{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}").ids.isEmpty());
    QVERIFY(readOutgoing("no JSON at all").ids.isEmpty());

    const QByteArray first = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    const QByteArray second = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";
    const Outgoing batch = readOutgoing('[' + first + ',' + notification + ',' + second + ']');
    QCOMPARE(batch.ids, QJsonArray({1, 2}));
    QVERIFY(batch.method.isEmpty());

    const Outgoing cancelled =
        readOutgoing("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    QCOMPARE(cancelled.cancelled, QJsonValue(7));
}

void TestStdioText::repeatsModernMessagesInHeaders()
{
    const Outgoing call = readOutgoing(modern("tools/call", "\"name\":\"list_clusters\","));
    QVERIFY(call.isModern);
    QCOMPARE(header(call, "MCP-Protocol-Version"), "2026-07-28");
    QCOMPARE(header(call, "Mcp-Method"), "tools/call");
    QCOMPARE(header(call, "Mcp-Name"), "list_clusters");
    QCOMPARE(header(readOutgoing(modern("resources/read", "\"uri\":\"a://b\",")), "Mcp-Name"), "a://b");
    QVERIFY(header(readOutgoing(modern("tools/list", "\"name\":\"x\",")), "Mcp-Name").isEmpty());
}

void TestStdioText::keepsHeadersPlain()
{
    const QList<std::pair<QByteArray, QByteArray>> names{{"a\\r\\nEvil: 1", "a\r\nEvil: 1"},
                                                         {" leading", " leading"},
                                                         {"K\xc3\xbchlung", "K\xc3\xbchlung"},
                                                         {"=?base64?eA==?=", "=?base64?eA==?="}};
    for (const auto &[sent, meant] : names) {
        const QByteArray value = header(readOutgoing(modern("tools/call", "\"name\":\"" + sent + "\",")), "Mcp-Name");
        QVERIFY2(value.startsWith("=?base64?") && value.endsWith("?="), value.constData());
        QCOMPARE(QByteArray::fromBase64(value.mid(9).chopped(2)), meant);
    }
    QVERIFY(!header(readOutgoing(modern("a\\nb", "")), "Mcp-Method").contains('\n'));
}

void TestStdioText::passesOnlyJsonRpc()
{
    const auto pretty = readMessage("{\"jsonrpc\":\"2.0\",\r\n\"id\":1,\n\"result\":{}}");
    QVERIFY(pretty);
    QCOMPARE(pretty->line, "{\"jsonrpc\":\"2.0\",  \"id\":1, \"result\":{}}");
    const QByteArray one = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    QCOMPARE(readMessage('[' + one + ',' + one + ']')->messages.size(), 2);
    const QByteArrayList foreign{"", "{}", "[]", "[1]", "plain", "{\"error\":\"why\"}", '[' + one + ",{}]"};
    for (const QByteArray &text : foreign)
        QVERIFY2(!readMessage(text), text.constData());
}

void TestStdioText::boundsTheBacklog()
{
    Backlog backlog;
    for (int id = 1; id <= 4; ++id) {
        QVERIFY(!backlog.isFull());
        backlog.append({.line = QByteArray(4 * 1024 * 1024, 'x'), .ids = {id}});
    }
    QVERIFY(backlog.isFull());
    QVERIFY(!backlog.remove(5));
    QVERIFY(backlog.remove(2));
    QVERIFY(!backlog.remove(2));
    QVERIFY(!backlog.isFull());
    for (const int id : {1, 3, 4})
        QCOMPARE(backlog.takeFirst().ids, QJsonArray({id}));
    QVERIFY(backlog.isEmpty());

    backlog.append({.line = "[]", .ids = {1, 2}});
    QVERIFY(!backlog.remove(1)); // the other one of its line is still wanted
    // Short lines take more room than they are long.
    while (!backlog.isFull())
        backlog.append({.line = "1"});
    int lines = 0;
    for (; !backlog.isEmpty(); ++lines)
        backlog.takeFirst();
    QVERIFY(lines < 100'000);
}

QTEST_GUILESS_MAIN(TestStdioText)
#include "tst_stdiotext.moc"
