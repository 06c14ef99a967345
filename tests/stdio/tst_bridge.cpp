#include "bridgebench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = Instance::ServerAccess::State;

namespace {

const QByteArray ModernMeta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})";

QString errorOf(const QJsonObject &message)
{
    return message.value("error"_L1).toObject().value("message"_L1).toString();
}

QByteArray listenLine(int id)
{
    return requestLine(id, "subscriptions/listen",
                       "{\"notifications\":{\"toolsListChanged\":true}," + ModernMeta + "}");
}

void acknowledge(const Http::ExchangePtr &subscription)
{
    subscription->beginStream();
    subscription->sendEvent(notificationLine("notifications/subscriptions/acknowledged").chopped(1));
}

/// The client subscribes and the application agrees.
Http::ExchangePtr subscribe(BridgeBench *bench, int id)
{
    bench->write(listenLine(id));
    const Http::ExchangePtr subscription = bench->next();
    if (subscription)
        acknowledge(subscription);
    return subscription;
}

} // namespace

class TestBridge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void passesRequestsAndAnswers();
    void namesTheAgreedRevision();
    void passesStreamsLineByLine();
    void keepsManyRequestsInFlight();
    void queuesWhatIsTooMuch();
    void answersRefusalsInJsonRpc();
    void keepsForeignWordsFromStdout();
    void cancelsBeforeItIsSent();
    void cancelsByLeavingInTheModernEra();
    void passesCancellationOnBefore();
    void saysWhenAnAnswerIsLost();
    void survivesARestart();
    void startsTheApplication();
    void saysWhyNothingIsServed();
    void listensForTheServer();
    void takes405ForAnAnswer();
    void keepsSubscriptionsOverARestart();
    void keepsSubscriptionsThatTheApplicationEnds();
    void passesOnThatASubscriptionIsRefused();
    void refusesLongLines();
    void answersWhatIsInFlightAtTheEnd();
    void endsThoughAnAnswerIsMissing();
    void endsThoughAStreamIsOpen();
    void endsWhenNobodyReads();

private:
    std::unique_ptr<BridgeBench> m_bench;
};

void TestBridge::init()
{
    m_bench = std::make_unique<BridgeBench>();
}

void TestBridge::cleanup()
{
    const QByteArray all = m_bench->lines.join('\n') + m_bench->notes.join(u'\n').toUtf8();
    m_bench.reset();
    QVERIFY2(!all.contains(BridgeBench::Key), "the access key was echoed");
}

void TestBridge::passesRequestsAndAnswers()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "initialize"));
    const Http::ExchangePtr exchange = m_bench->next();
    QVERIFY(exchange);
    const Http::RequestHead &head = exchange->request().head;
    QCOMPARE(exchange->request().body, requestLine(1, "initialize").chopped(1));
    QCOMPARE(head.target, "/mcp");
    QCOMPARE(head.header("Content-Type"), "application/json");
    QVERIFY(head.header("Accept").contains("text/event-stream"));
    QVERIFY(head.header("User-Agent").startsWith("bricktray-stdio/1"));
    QVERIFY(head.header("MCP-Protocol-Version").isEmpty());
    exchange->respond(jsonReply("{\"jsonrpc\":\"2.0\",\n \"id\":1,\n \"result\":{\"n\":9007199254740993}}"));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->lines,
             QByteArrayList({"{\"jsonrpc\":\"2.0\",  \"id\":1,  \"result\":{\"n\":9007199254740993}}"}));
}

void TestBridge::namesTheAgreedRevision()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->shakeHands();
    m_bench->write(requestLine(1, "tools/list"));
    const Http::ExchangePtr legacy = m_bench->next();
    QVERIFY(legacy);
    QCOMPARE(legacy->request().head.header("MCP-Protocol-Version"), "2025-11-25");
    QVERIFY(legacy->request().head.header("Mcp-Method").isEmpty());

    m_bench->write(requestLine(2, "tools/call", "{\"name\":\"x\"," + ModernMeta + "}"));
    const Http::ExchangePtr modern = m_bench->next();
    QVERIFY(modern);
    QCOMPARE(modern->request().head.header("MCP-Protocol-Version"), "2026-07-28");
    QCOMPARE(modern->request().head.header("Mcp-Name"), "x");
}

void TestBridge::passesStreamsLineByLine()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call"));
    const Http::ExchangePtr call = m_bench->next();
    QVERIFY(call);
    call->beginStream();
    call->sendEvent(notificationLine("notifications/progress").chopped(1));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->line(0).value("method"_L1).toString(), u"notifications/progress"_s);

    // A question of the server's on the stream, and the client's answer to it.
    call->sendEvent(requestLine(77, "elicitation/create").chopped(1));
    QVERIFY(m_bench->waitForLines(2));
    m_bench->write(resultText(77, R"({"action":"accept"})") + '\n');
    const Http::ExchangePtr answer = m_bench->next();
    QVERIFY(answer);
    QCOMPARE(answer->request().body, resultText(77, R"({"action":"accept"})"));
    answer->respond({.status = 202, .contentType = {}});

    const QByteArray large = resultText(1, "{\"text\":\"" + QByteArray(3'000'000, 'x') + "\"}");
    call->sendEvent(large);
    call->endStream();
    QVERIFY(m_bench->waitForLines(3));
    QCOMPARE(m_bench->lines.at(2), large);
}

void TestBridge::keepsManyRequestsInFlight()
{
    m_bench->startApplication();
    m_bench->startBridge();
    constexpr int Count = 40;
    QByteArray all;
    for (int id = 0; id < Count; ++id)
        all += requestLine(id, "tools/call");
    m_bench->write(all);
    QTRY_COMPARE(m_bench->exchanges.size(), Count);
    for (qsizetype i = Count - 1; i >= 0; --i) {
        const int id = QJsonDocument::fromJson(m_bench->exchanges.at(i)->request().body).object()["id"_L1].toInt();
        m_bench->exchanges.at(i)->respond(jsonReply(resultText(id)));
    }
    QVERIFY(m_bench->waitForLines(Count));
    QSet<int> ids;
    for (qsizetype i = 0; i < Count; ++i)
        ids << m_bench->line(i).value("id"_L1).toInt();
    QCOMPARE(ids.size(), Count);
    QCOMPARE(m_bench->lines.size(), Count);
}

void TestBridge::queuesWhatIsTooMuch()
{
    constexpr int Most = 64;
    m_bench->longestEnding = std::chrono::minutes(1);
    m_bench->startApplication();
    m_bench->startBridge();
    for (int id = 1; id <= Most + 3; ++id)
        m_bench->write(requestLine(id, "tools/call"));
    QTRY_COMPARE(m_bench->exchanges.size(), Most);
    const QList<Http::ExchangePtr> underWay = m_bench->exchanges;

    // Neither the end of the input nor what waits for no answer is kept back by it.
    m_bench->write(notificationLine("notifications/cancelled", R"({"requestId":66})"));
    m_bench->write(notificationLine("notifications/cancelled", R"({"requestId":1})"));
    m_bench->write(resultText(77, R"({"action":"accept"})") + '\n');
    m_bench->write(listenLine(99));
    QTRY_COMPARE(m_bench->exchanges.size(), Most + 3);
    QCOMPARE(m_bench->count(R"("requestId":1})"), 1);
    QCOMPARE(m_bench->count("accept"), 1);
    QCOMPARE(m_bench->count("subscriptions/listen"), 1);
    const auto listening = std::find_if(m_bench->exchanges.cbegin(), m_bench->exchanges.cend(), [](const auto &each) {
        return each->request().body.contains("subscriptions/listen");
    });
    QSignalSpy left(listening->get(), &Http::Exchange::clientLeft);
    m_bench->closeInput();
    QVERIFY(!left.isEmpty() || left.wait());

    for (const Http::ExchangePtr &exchange : underWay)
        exchange->respond({.status = 202, .contentType = {}});
    QTRY_COMPARE(m_bench->exchanges.size(), Most + 5);
    for (const int id : {65, 67})
        QCOMPARE(m_bench->count("\"id\":" + QByteArray::number(id)), 1);
    for (const Http::ExchangePtr &exchange : m_bench->exchanges.mid(Most))
        exchange->respond({.status = 202, .contentType = {}});
    QTRY_VERIFY(m_bench->isFinished);
    QVERIFY(m_bench->waitForLines(Most + 1)); // all that was asked for but the two that were cancelled
    QCOMPARE(m_bench->lines.size(), Most + 1);
}

void TestBridge::answersRefusalsInJsonRpc()
{
    m_bench->startApplication();
    m_bench->endpoint.accessKey = "a-wrong-access-key";
    m_bench->startBridge();
    m_bench->write(requestLine(5, "ping"));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->line(0).value("id"_L1).toInt(), 5);
    QVERIFY2(errorOf(m_bench->line(0)).contains("access key"_L1), m_bench->lines.first().constData());
    QVERIFY(m_bench->exchanges.isEmpty());

    // The protocol's own errors pass as they are, and get the request's id where they lack it.
    m_bench->endpoint.accessKey = BridgeBench::Key;
    m_bench->write(requestLine(6, "no/such"));
    const Http::ExchangePtr unknown = m_bench->next();
    QVERIFY(unknown);
    unknown->respond({.status = 404, .body = R"({"jsonrpc":"2.0","id":6,"error":{"code":-32601,"message":"no"}})"});
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->lines.last(), R"({"jsonrpc":"2.0","id":6,"error":{"code":-32601,"message":"no"}})");

    m_bench->write(requestLine(7, "x"));
    const Http::ExchangePtr nameless = m_bench->next();
    QVERIFY(nameless);
    nameless->respond({.status = 400, .body = R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"no"}})"});
    QVERIFY(m_bench->waitForLines(3));
    QCOMPARE(m_bench->line(2).value("id"_L1).toInt(), 7);
}

void TestBridge::keepsForeignWordsFromStdout()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "ping"));
    const Http::ExchangePtr exchange = m_bench->next();
    QVERIFY(exchange);
    exchange->respond({.status = 500, .contentType = "text/html", .body = "<html>oops</html>"});
    QVERIFY(m_bench->waitForLines(1));
    QVERIFY(errorOf(m_bench->line(0)).contains("500"_L1));

    m_bench->write(requestLine(2, "ping"));
    const Http::ExchangePtr stream = m_bench->next();
    QVERIFY(stream);
    stream->beginStream();
    stream->sendEvent("chatter");
    stream->sendEvent(resultText(2));
    stream->endStream();
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->lines.last(), resultText(2));

    // A notification that is refused is a matter for the log.
    m_bench->write(notificationLine("notifications/odd"));
    const Http::ExchangePtr notification = m_bench->next();
    QVERIFY(notification);
    notification->respond(Http::Refusal{.status = 400, .reason = u"odd"_s}.reply());
    QTRY_COMPARE(m_bench->notes, QStringList({u"odd"_s}));
    QCOMPARE(m_bench->lines.size(), 2);
}

void TestBridge::cancelsBeforeItIsSent()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call") + notificationLine("notifications/cancelled", R"({"requestId":1})") +
                   requestLine(2, "ping"));
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    ping->respond(jsonReply(resultText(2)));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->lines, QByteArrayList({resultText(2)}));
    QCOMPARE(m_bench->exchanges.size(), 1);
}

void TestBridge::cancelsByLeavingInTheModernEra()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call", "{\"name\":\"x\"," + ModernMeta + "}"));
    const Http::ExchangePtr call = m_bench->next();
    QVERIFY(call);
    call->beginStream();
    QSignalSpy left(call.get(), &Http::Exchange::clientLeft);
    m_bench->write(notificationLine("notifications/cancelled", "{\"requestId\":1," + ModernMeta + "}"));
    QVERIFY(!left.isEmpty() || left.wait());
    m_bench->write(requestLine(2, "ping"));
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    QCOMPARE(ping->request().body, requestLine(2, "ping").chopped(1));
    ping->respond(jsonReply(resultText(2)));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->lines, QByteArrayList({resultText(2)}));
}

void TestBridge::passesCancellationOnBefore()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call"));
    const Http::ExchangePtr call = m_bench->next();
    QVERIFY(call);
    m_bench->write(notificationLine("notifications/cancelled", R"({"requestId":1})"));
    const Http::ExchangePtr cancellation = m_bench->next();
    QVERIFY(cancellation);
    QVERIFY(cancellation->request().body.contains("notifications/cancelled"));
    cancellation->respond({.status = 202, .contentType = {}});
    call->respond({.status = 202, .contentType = {}}); // as the application drops what was cancelled
    m_bench->write(requestLine(2, "ping"));
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    ping->respond(jsonReply(resultText(2)));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->lines, QByteArrayList({resultText(2)}));
}

void TestBridge::saysWhenAnAnswerIsLost()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call"));
    const Http::ExchangePtr before = m_bench->next();
    QVERIFY(before);
    before->abort();
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->line(0).value("id"_L1).toInt(), 1);
    QVERIFY2(errorOf(m_bench->line(0)).contains("may or may not have been done"_L1),
             m_bench->lines.first().constData());

    m_bench->write(requestLine(2, "tools/call"));
    const Http::ExchangePtr within = m_bench->next();
    QVERIFY(within);
    within->beginStream();
    within->sendEvent(notificationLine("notifications/progress").chopped(1));
    QVERIFY(m_bench->waitForLines(2));
    within->abort();
    QVERIFY(m_bench->waitForLines(3));
    QCOMPARE(m_bench->line(2).value("id"_L1).toInt(), 2);

    m_bench->write(requestLine(3, "tools/call"));
    const Http::ExchangePtr half = m_bench->next();
    QVERIFY(half);
    Http::Reply reply = jsonReply(resultText(3));
    reply.announcedLength = reply.body.size() + 10;
    half->respond(reply);
    QVERIFY(m_bench->waitForLines(4));
    QVERIFY(!errorOf(m_bench->line(3)).isEmpty());
    QCOMPARE(m_bench->exchanges.size(), 3); // nothing was sent twice
}

void TestBridge::survivesARestart()
{
    m_bench->startApplication();
    m_bench->startBridge({.program = u"true"_s});
    m_bench->shakeHands();
    m_bench->write(requestLine(1, "tools/call"));
    QVERIFY(m_bench->next());
    m_bench->exchanges.clear();
    m_bench->stopApplication();
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->line(0).value("id"_L1).toInt(), 1);
    QVERIFY(!errorOf(m_bench->line(0)).isEmpty());

    // Written while there is nobody: it waits, and goes out once.
    m_bench->write(requestLine(2, "tools/call"));
    QTRY_VERIFY(!m_bench->notes.isEmpty());
    m_bench->startApplication();
    const Http::ExchangePtr again = m_bench->next();
    QVERIFY(again);
    QCOMPARE(again->request().head.header("MCP-Protocol-Version"), "2025-11-25");
    again->respond(jsonReply(resultText(2)));
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->lines.last(), resultText(2));
    QCOMPARE(m_bench->count("\"id\":2"), 1);
    QVERIFY(m_bench->next("GET")); // and the server's stream is open again
}

void TestBridge::startsTheApplication()
{
    const QTemporaryDir folder;
    const QString sign = folder.filePath(u"started"_s);
    m_bench->startBridge({.program = u"mkdir"_s, .arguments = {sign}});
    m_bench->write(requestLine(1, "ping"));
    QTRY_VERIFY(QFile::exists(sign));
    QCOMPARE(m_bench->notes, QStringList({u"Starting Bricktray."_s}));
    m_bench->startApplication();
    m_bench->endpoint.state = State::Starting;
    QTRY_VERIFY(m_bench->timesAsked > 1);
    QVERIFY(m_bench->exchanges.isEmpty());
    m_bench->endpoint.state = State::Running;
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    ping->respond(jsonReply(resultText(1)));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->lines, QByteArrayList({resultText(1)}));
}

void TestBridge::saysWhyNothingIsServed()
{
    m_bench->startApplication();
    m_bench->endpoint = {.state = State::Failed, .message = u"Port 8080 is taken by example."_s};
    m_bench->startBridge();
    m_bench->write(requestLine(1, "ping"));
    QVERIFY(m_bench->waitForLines(1));
    QVERIFY2(errorOf(m_bench->line(0)).contains("Port 8080 is taken"_L1), m_bench->lines.first().constData());
    QCOMPARE(m_bench->notes.size(), 1);
}

void TestBridge::listensForTheServer()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->shakeHands();
    const Http::ExchangePtr stream = m_bench->next("GET");
    QVERIFY(stream);
    QCOMPARE(stream->request().head.header("Accept"), "text/event-stream");
    QCOMPARE(stream->request().head.header("MCP-Protocol-Version"), "2025-11-25");
    // The application knows a legacy client by it: this is the one that was initialized.
    QCOMPARE(stream->request().head.header("User-Agent"),
             m_bench->exchanges.first()->request().head.header("User-Agent"));
    stream->beginStream();
    stream->sendEvent(notificationLine("notifications/tools/list_changed").chopped(1));
    QVERIFY(m_bench->waitForLines(1));
    QCOMPARE(m_bench->line(0).value("method"_L1).toString(), u"notifications/tools/list_changed"_s);
    stream->endStream();
    const Http::ExchangePtr again = m_bench->next("GET");
    QVERIFY(again);
    again->beginStream();
    again->sendEvent(notificationLine("notifications/tools/list_changed").chopped(1));
    QVERIFY(m_bench->waitForLines(2));
}

void TestBridge::takes405ForAnAnswer()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->shakeHands();
    const Http::ExchangePtr stream = m_bench->next("GET");
    QVERIFY(stream);
    stream->respond({.status = 405});
    m_bench->write(requestLine(1, "ping"));
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    ping->respond(jsonReply(resultText(1)));
    QVERIFY(m_bench->waitForLines(1));
    QVERIFY(m_bench->notes.isEmpty());
    const qsizetype asked = m_bench->timesAsked;
    QTest::qWait(700); // longer than the pause before a stream that is wanted opens again
    QCOMPARE(m_bench->timesAsked, asked);
}

void TestBridge::keepsSubscriptionsOverARestart()
{
    m_bench->startApplication();
    m_bench->startBridge({.program = u"false"_s});
    const Http::ExchangePtr first = subscribe(m_bench.get(), 1);
    QVERIFY(first);
    QVERIFY(m_bench->waitForLines(1));
    m_bench->stopApplication();
    QTest::qWait(700); // it is looked for, but not started
    m_bench->startApplication();
    const Http::ExchangePtr second = m_bench->next();
    QVERIFY(second);
    QCOMPARE(second->request().body, listenLine(1).chopped(1));
    QCOMPARE(second->request().head.header("MCP-Protocol-Version"), "2026-07-28");
    acknowledge(second);
    second->sendEvent(notificationLine("notifications/tools/list_changed").chopped(1));
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->line(1).value("method"_L1).toString(), u"notifications/tools/list_changed"_s);
    QCOMPARE(m_bench->lines.size(), 2);
    QVERIFY(m_bench->notes.isEmpty());
}

void TestBridge::keepsSubscriptionsThatTheApplicationEnds()
{
    m_bench->startApplication();
    m_bench->startBridge();
    const Http::ExchangePtr first = subscribe(m_bench.get(), 1);
    QVERIFY(first);
    first->sendEvent(resultText(1));
    first->endStream();
    const Http::ExchangePtr second = m_bench->next();
    QVERIFY(second);
    second->abort(); // before it is acknowledged
    const Http::ExchangePtr third = m_bench->next();
    QVERIFY(third);
    acknowledge(third);
    QSignalSpy left(third.get(), &Http::Exchange::clientLeft);
    m_bench->write(notificationLine("notifications/cancelled", "{\"requestId\":1," + ModernMeta + "}"));
    QVERIFY(!left.isEmpty() || left.wait());
    QTest::qWait(700); // longer than the pause before an interrupted one is opened again
    QCOMPARE(m_bench->exchanges.size(), 3);
    QCOMPARE(m_bench->lines.size(), 1);
    QCOMPARE(m_bench->line(0).value("method"_L1).toString(), u"notifications/subscriptions/acknowledged"_s);
}

void TestBridge::passesOnThatASubscriptionIsRefused()
{
    const QByteArray refusal = R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}})";
    m_bench->startApplication();
    m_bench->startBridge();
    const Http::ExchangePtr first = subscribe(m_bench.get(), 1);
    QVERIFY(first);
    first->endStream();
    // Not by the application that comes next, which knows no subscriptions.
    const Http::ExchangePtr second = m_bench->next();
    QVERIFY(second);
    second->respond({.status = 404, .body = refusal});
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->lines.last(), refusal);
    m_bench->write(listenLine(2));
    const Http::ExchangePtr third = m_bench->next();
    QVERIFY(third);
    third->respond(Http::Refusal{.status = 503, .reason = u"Try again in a moment."_s}.reply());
    QVERIFY(m_bench->waitForLines(3));
    QCOMPARE(errorOf(m_bench->line(2)), u"Try again in a moment."_s);
}

void TestBridge::refusesLongLines()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "ping", "{\"x\":\"" + QByteArray(Stdio::Bridge::LongestLine, 'x') + "\"}"));
    QVERIFY(m_bench->waitForLines(1));
    QVERIFY(errorOf(m_bench->line(0)).contains("4194304"_L1));
    m_bench->write(requestLine(2, "ping", "{\"x\":\"" + QByteArray(Stdio::Bridge::LongestLine - 100, 'x') + "\"}"));
    const Http::ExchangePtr exchange = m_bench->next();
    QVERIFY(exchange);
    exchange->respond(jsonReply(resultText(2)));
    QVERIFY(m_bench->waitForLines(2));
    QCOMPARE(m_bench->lines.last(), resultText(2));
    QVERIFY(m_bench->exchanges.size() == 1);
}

void TestBridge::answersWhatIsInFlightAtTheEnd()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->shakeHands();
    m_bench->write(requestLine(1, "ping") + requestLine(2, "ping").chopped(1)); // the last one without its line's end
    m_bench->closeInput();
    const Http::ExchangePtr first = m_bench->next();
    const Http::ExchangePtr second = m_bench->next();
    QVERIFY(first && second);
    QVERIFY(!m_bench->isFinished);
    first->respond(jsonReply(resultText(1)));
    second->respond(jsonReply(resultText(2)));
    QTRY_VERIFY(m_bench->isFinished);
    QVERIFY(m_bench->waitForLines(2));
}

void TestBridge::endsThoughAnAnswerIsMissing()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "tools/call"));
    QVERIFY(m_bench->next());
    QElapsedTimer clock;
    clock.start();
    m_bench->closeInput();
    QTRY_VERIFY(m_bench->isFinished);
    QVERIFY(clock.elapsed() > 900);
    QVERIFY(m_bench->lines.isEmpty());
}

void TestBridge::endsThoughAStreamIsOpen()
{
    m_bench->longestEnding = std::chrono::minutes(1);
    m_bench->startApplication();
    m_bench->startBridge();
    const Http::ExchangePtr open = subscribe(m_bench.get(), 1);
    QVERIFY(open);
    const Http::ExchangePtr interrupted = subscribe(m_bench.get(), 2);
    QVERIFY(interrupted);
    m_bench->write(requestLine(3, "tools/call"));
    const Http::ExchangePtr call = m_bench->next();
    QVERIFY(call);
    QVERIFY(m_bench->waitForLines(2));
    m_bench->endpoint.state = State::Stopped;
    interrupted->endStream();
    QSignalSpy left(open.get(), &Http::Exchange::clientLeft);
    m_bench->closeInput();
    QVERIFY(!left.isEmpty() || left.wait());
    QVERIFY(!m_bench->isFinished);
    call->respond(jsonReply(resultText(3)));
    QTRY_VERIFY(m_bench->isFinished);
    QVERIFY(m_bench->waitForLines(3));
    QCOMPARE(m_bench->lines.last(), resultText(3));
}

void TestBridge::endsWhenNobodyReads()
{
    m_bench->startApplication();
    m_bench->startBridge();
    m_bench->write(requestLine(1, "ping"));
    const Http::ExchangePtr ping = m_bench->next();
    QVERIFY(ping);
    m_bench->closeOutput();
    ping->respond(jsonReply(resultText(1)));
    QTRY_VERIFY(m_bench->isFinished);
}

QTEST_GUILESS_MAIN(TestBridge)
#include "tst_bridge.moc"
