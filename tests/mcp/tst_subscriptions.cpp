#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

const QString SubscriptionId = u"io.modelcontextprotocol/subscriptionId"_s;

QCoro::Task<ToolResult> nothing(ToolInvocation)
{
    co_return ToolResult(u"nothing"_s);
}

QCoro::Task<ResourceResult> nothingToRead(ResourceRequest)
{
    co_return ResourceResult::notFound();
}

RegisteredTool tool(const QString &name)
{
    return {.description = {.name = name}, .run = nothing};
}

RegisteredResource clusters(Eras subscribable)
{
    return {.description = {.uriTemplate = u"x://clusters/{id}"_s, .name = u"cluster"_s},
            .read = nothingToRead,
            .subscribable = subscribable};
}

constexpr Eras BothEras = Eras(Era::Legacy) | Era::Modern;

QJsonObject uri(const QString &uri)
{
    return {{u"uri"_s, uri}};
}

QString methodOf(const ExchangePtr &exchange, qsizetype event)
{
    return exchange->event(event)[u"method"_s].toString();
}

} // namespace

class TestSubscriptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void legacyStreamHearsOfEveryList();
    void sameListIsNoNews();
    void getNeedsAnEventStream();
    void legacySubscriptionsReachTheClientsStreams();
    void subscribeNeedsAProviderWhoWantsIt();
    void modernSubscriptionIsAcknowledgedFirst();
    void modernSubscriptionHearsOnlyWhatItAskedFor();
    void modernSubscriptionEndsWithAResult();
    void listenNeedsAFilterAndAStream();
    void whoLeftHearsNothing();
    void saysWhetherResourcesAreWatched();
    void serverMayGoWhileClientsListen();

private:
    ExchangePtr listen(const QJsonObject &filter);

    std::unique_ptr<ServerBench> m_bench;
};

void TestSubscriptions::init()
{
    m_bench = std::make_unique<ServerBench>();
    m_bench->server.setTools({tool(u"a"_s)});
    m_bench->server.setResources({clusters(BothEras)});
}

ExchangePtr TestSubscriptions::listen(const QJsonObject &filter)
{
    return m_bench->modern(u"subscriptions/listen"_s, {{u"notifications"_s, filter}});
}

void TestSubscriptions::legacyStreamHearsOfEveryList()
{
    const ExchangePtr stream = m_bench->get();
    QVERIFY(stream->streaming);
    QVERIFY(stream->events.isEmpty());
    m_bench->server.setTools({tool(u"b"_s)});
    m_bench->server.setPrompts({{.description = {.name = u"p"_s}, .get = {}}});
    m_bench->server.setResources({});
    QCOMPARE(stream->events.size(), 3);
    QCOMPARE(methodOf(stream, 0), u"notifications/tools/list_changed"_s);
    QCOMPARE(methodOf(stream, 1), u"notifications/prompts/list_changed"_s);
    QCOMPARE(methodOf(stream, 2), u"notifications/resources/list_changed"_s);
    QCOMPARE(stream->event(0)[u"params"_s].toObject(), QJsonObject());
    m_bench->server.cancelAll();
    QCOMPARE(stream->ends, 1);
    QCOMPARE(stream->events.size(), 3);
}

void TestSubscriptions::sameListIsNoNews()
{
    const ExchangePtr stream = m_bench->get();
    m_bench->server.setTools({tool(u"a"_s)});
    m_bench->server.setResources({clusters(BothEras)});
    m_bench->server.setPrompts({});
    QVERIFY(stream->events.isEmpty());
}

void TestSubscriptions::getNeedsAnEventStream()
{
    m_bench->headers = {{"Accept", "*/*"}};
    const ExchangePtr exchange = m_bench->get();
    QCOMPARE(exchange->reply.status, 406);
    QVERIFY(exchange->json()[u"error"_s].isObject());
}

void TestSubscriptions::legacySubscriptionsReachTheClientsStreams()
{
    const QString one = u"x://clusters/1"_s;
    const ExchangePtr mine = m_bench->get();
    m_bench->headers = {{"User-Agent", "other"}};
    const ExchangePtr others = m_bench->get();
    m_bench->headers = {{"User-Agent", "bench"}};
    m_bench->connection = 2;
    QVERIFY(m_bench->legacy(u"resources/subscribe"_s, uri(one))->json().contains(u"result"_s));

    m_bench->server.announceResource(u"x://clusters/2"_s);
    m_bench->server.announceResource(one);
    QCOMPARE(mine->events.size(), 1);
    QCOMPARE(methodOf(mine, 0), u"notifications/resources/updated"_s);
    QCOMPARE(mine->event(0)[u"params"_s].toObject(), uri(one));
    QVERIFY(others->events.isEmpty());

    QVERIFY(m_bench->legacy(u"resources/unsubscribe"_s, uri(one))->json().contains(u"result"_s));
    m_bench->server.announceResource(one);
    QCOMPARE(mine->events.size(), 1);
}

void TestSubscriptions::subscribeNeedsAProviderWhoWantsIt()
{
    const auto advertised = [this] {
        const QJsonObject hello =
            ServerBench::resultOf(m_bench->legacy(u"initialize"_s, {{u"protocolVersion"_s, u"2025-11-25"_s}}));
        return hello[u"capabilities"_s][u"resources"_s].toObject().contains(u"subscribe"_s);
    };
    QVERIFY(advertised());
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"resources/subscribe"_s, uri(u"x://no"_s))), -32002);

    m_bench->server.setResources({clusters(Era::Modern)});
    QVERIFY(!advertised());
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"resources/subscribe"_s, uri(u"x://clusters/1"_s))), -32601);
    const QJsonObject discovered = ServerBench::resultOf(m_bench->modern(u"server/discover"_s));
    QCOMPARE(discovered[u"capabilities"_s][u"resources"_s][u"subscribe"_s].toBool(), true);
}

void TestSubscriptions::modernSubscriptionIsAcknowledgedFirst()
{
    const QJsonArray uris{u"x://clusters/1"_s, u"x://unknown"_s};
    const ExchangePtr stream = listen({{u"toolsListChanged"_s, true},
                                       {u"promptsListChanged"_s, false},
                                       {u"unheardOf"_s, true},
                                       {u"resourceSubscriptions"_s, uris}});
    QVERIFY(stream->streaming);
    QCOMPARE(stream->events.size(), 1);
    QCOMPARE(methodOf(stream, 0), u"notifications/subscriptions/acknowledged"_s);
    const QJsonObject params = stream->event(0)[u"params"_s].toObject();
    const QJsonObject honoured{{u"toolsListChanged"_s, true},
                               {u"resourceSubscriptions"_s, QJsonArray{u"x://clusters/1"_s}}};
    QCOMPARE(params[u"notifications"_s].toObject(), honoured);
    QCOMPARE(params[u"_meta"_s][SubscriptionId].toInt(), 7);
}

void TestSubscriptions::modernSubscriptionHearsOnlyWhatItAskedFor()
{
    const ExchangePtr stream =
        listen({{u"toolsListChanged"_s, true}, {u"resourceSubscriptions"_s, QJsonArray{u"x://clusters/1"_s}}});
    m_bench->server.setPrompts({{.description = {.name = u"p"_s}, .get = {}}});
    m_bench->server.setResources({clusters(BothEras), clusters(BothEras)});
    m_bench->server.announceResource(u"x://clusters/2"_s);
    QCOMPARE(stream->events.size(), 1);
    m_bench->server.setTools({});
    m_bench->server.announceResource(u"x://clusters/1"_s);
    QCOMPARE(stream->events.size(), 3);
    QCOMPARE(methodOf(stream, 1), u"notifications/tools/list_changed"_s);
    QCOMPARE(methodOf(stream, 2), u"notifications/resources/updated"_s);
    for (const qsizetype event : {1, 2})
        QCOMPARE(stream->event(event)[u"params"_s][u"_meta"_s][SubscriptionId].toInt(), 7);
    QCOMPARE(stream->event(2)[u"params"_s][u"uri"_s].toString(), u"x://clusters/1"_s);
}

void TestSubscriptions::modernSubscriptionEndsWithAResult()
{
    const ExchangePtr stream = listen({{u"toolsListChanged"_s, true}});
    m_bench->server.cancelAll();
    QCOMPARE(stream->ends, 1);
    QCOMPARE(stream->event(1)[u"id"_s].toInt(), 7);
    const QJsonObject result = stream->event(1)[u"result"_s].toObject();
    QCOMPARE(result[u"resultType"_s].toString(), u"complete"_s);
    QCOMPARE(result[u"_meta"_s][SubscriptionId].toInt(), 7);
    m_bench->server.setTools({});
    QCOMPARE(stream->events.size(), 2);
}

void TestSubscriptions::listenNeedsAFilterAndAStream()
{
    QCOMPARE(ServerBench::codeOf(m_bench->modern(u"subscriptions/listen"_s)), -32602);
    m_bench->headers = {{"Accept", "application/json"}};
    const ExchangePtr exchange = listen({{u"toolsListChanged"_s, true}});
    QCOMPARE(exchange->reply.status, 400);
    QCOMPARE(ServerBench::codeOf(exchange), -32600);
}

void TestSubscriptions::whoLeftHearsNothing()
{
    const ExchangePtr stream = m_bench->get();
    const ExchangePtr subscription = listen({{u"toolsListChanged"_s, true}});
    stream->leave();
    subscription->leave();
    m_bench->server.setTools({});
    QVERIFY(stream->events.isEmpty());
    QCOMPARE(subscription->events.size(), 1);
    // Nobody but this test holds on to it.
    QCOMPARE(stream.use_count(), 1);
    QCOMPARE(subscription.use_count(), 1);
}

void TestSubscriptions::saysWhetherResourcesAreWatched()
{
    const QString one = u"x://clusters/1"_s;
    QList<bool> said;
    connect(&m_bench->server, &Server::resourcesWatched, this, [&said](bool areWatched) { said << areWatched; });

    const ExchangePtr lists = listen({{u"toolsListChanged"_s, true}});
    m_bench->legacy(u"resources/subscribe"_s, uri(one)); // with no stream on which to hear of it
    QCOMPARE(said, QList<bool>());

    const ExchangePtr first = listen({{u"resourceSubscriptions"_s, QJsonArray{one}}});
    const ExchangePtr second = listen({{u"resourceSubscriptions"_s, QJsonArray{one}}});
    QCOMPARE(said, QList<bool>({true}));
    first->leave();
    QCOMPARE(said, QList<bool>({true}));
    second->leave();
    QCOMPARE(said, QList<bool>({true, false}));

    const ExchangePtr stream = m_bench->get();
    QCOMPARE(said, QList<bool>({true, false, true}));
    m_bench->legacy(u"resources/unsubscribe"_s, uri(one));
    QCOMPARE(said, QList<bool>({true, false, true, false}));
    m_bench->legacy(u"resources/subscribe"_s, uri(one));
    m_bench->server.cancelAll();
    QCOMPARE(said, QList<bool>({true, false, true, false, true, false}));
}

void TestSubscriptions::serverMayGoWhileClientsListen()
{
    const ExchangePtr stream = m_bench->get();
    const ExchangePtr subscription = listen({{u"toolsListChanged"_s, true}});
    m_bench.reset();
    QCOMPARE(stream->ends, 1);
    QCOMPARE(subscription->ends, 1);
    QCOMPARE(subscription->events.size(), 2);
}

QTEST_GUILESS_MAIN(TestSubscriptions)
#include "tst_subscriptions.moc"
