#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

QCoro::Task<ResourceResult> readText(ResourceRequest request)
{
    const ResourceContents contents{.uri = request.uri, .mimeType = u"text/plain"_s, .text = u"words"_s};
    co_return ResourceResult(contents);
}

QCoro::Task<ResourceResult> readCluster(ResourceRequest request)
{
    const QString id = request.variables.value(u"id"_s);
    if (id == u"gone"_s)
        co_return ResourceResult::notFound();
    if (id == u"locked"_s)
        co_return ResourceResult::error(u"You may not see it."_s);
    if (id == u"empty"_s)
        co_return ResourceResult(QList<ResourceContents>());
    if (id == u"asks"_s && !request.context.input(u"root"_s)) {
        InputRequired input;
        input.requests[u"root"_s] = InputRequest::roots();
        co_return ResourceResult::inputRequired(input);
    }
    const ResourceContents contents{.uri = request.uri, .blob = id.toUtf8()};
    co_return ResourceResult(contents);
}

QCoro::Task<Completion> completeIds(CompletionRequest request)
{
    Completion completion;
    for (int i = 0; i < 150; ++i)
        completion.values << request.query.value + QString::number(i) + request.query.others.value(u"kind"_s);
    co_return completion;
}

RegisteredResource single()
{
    return {.description = {.uriTemplate = u"x://about"_s,
                            .name = u"about"_s,
                            .title = u"About"_s,
                            .mimeType = u"text/plain"_s},
            .read = readText,
            .freshFor = std::chrono::seconds(5)};
}

RegisteredResource clusters()
{
    return {.description = {.uriTemplate = u"x://clusters/{id}"_s, .name = u"cluster"_s, .title = u"Cluster"_s},
            .read = readCluster,
            .complete = completeIds};
}

QJsonObject uri(const QString &uri)
{
    return {{u"uri"_s, uri}};
}

QJsonObject reference(const QString &uri)
{
    const QJsonObject ref{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, uri}};
    const QJsonObject argument{{u"name"_s, u"id"_s}, {u"value"_s, u"a"_s}};
    const QJsonObject context{{u"arguments"_s, QJsonObject{{u"kind"_s, u"!"_s}}}};
    return {{u"ref"_s, ref}, {u"argument"_s, argument}, {u"context"_s, context}};
}

} // namespace

class TestResources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsSinglesAlone();
    void listsTemplates();
    void olderRevisionsSeeNoTitles();
    void reads();
    void unknownIsAnErrorOfItsEra_data();
    void unknownIsAnErrorOfItsEra();
    void failureToReadIsInternal();
    void needsAUri();
    void mayAskForInput();
    void completes();
    void completesNothingWithoutACompleter();
    void completesNothingUnknown();

private:
    std::unique_ptr<ServerBench> m_bench;
};

void TestResources::init()
{
    m_bench = std::make_unique<ServerBench>();
    m_bench->server.setResources({single(), clusters()});
}

void TestResources::listsSinglesAlone()
{
    const QJsonObject result = ServerBench::resultOf(m_bench->legacy(u"resources/list"_s));
    const QJsonArray resources = result[u"resources"_s].toArray();
    const QJsonObject about{{u"uri"_s, u"x://about"_s},
                            {u"name"_s, u"about"_s},
                            {u"title"_s, u"About"_s},
                            {u"mimeType"_s, u"text/plain"_s}};
    QCOMPARE(resources, QJsonArray{about});
}

void TestResources::listsTemplates()
{
    const QJsonObject result = ServerBench::resultOf(m_bench->legacy(u"resources/templates/list"_s));
    const QJsonObject cluster{
        {u"uriTemplate"_s, u"x://clusters/{id}"_s}, {u"name"_s, u"cluster"_s}, {u"title"_s, u"Cluster"_s}};
    const QJsonArray templates{cluster};
    QCOMPARE(result[u"resourceTemplates"_s].toArray(), templates);
}

void TestResources::olderRevisionsSeeNoTitles()
{
    const QJsonObject listed = ServerBench::resultOf(m_bench->legacy(u"resources/list"_s, {}, "2025-03-26"));
    QVERIFY(!listed[u"resources"_s][0].toObject().contains(u"title"_s));
    const QJsonObject templates =
        ServerBench::resultOf(m_bench->legacy(u"resources/templates/list"_s, {}, "2025-03-26"));
    QVERIFY(!templates[u"resourceTemplates"_s][0].toObject().contains(u"title"_s));
}

void TestResources::reads()
{
    const QJsonObject text = ServerBench::resultOf(m_bench->modern(u"resources/read"_s, uri(u"x://about"_s)));
    const QJsonObject words{{u"uri"_s, u"x://about"_s}, {u"mimeType"_s, u"text/plain"_s}, {u"text"_s, u"words"_s}};
    QCOMPARE(text[u"contents"_s].toArray(), QJsonArray{words});
    QCOMPARE(text[u"ttlMs"_s].toInt(), 5000);
    QCOMPARE(text[u"cacheScope"_s].toString(), u"private"_s);

    const QJsonObject blob = ServerBench::resultOf(m_bench->legacy(u"resources/read"_s, uri(u"x://clusters/a%20b"_s)));
    const QJsonObject bytes{{u"uri"_s, u"x://clusters/a%20b"_s}, {u"blob"_s, u"YSBi"_s}};
    QCOMPARE(blob[u"contents"_s].toArray(), QJsonArray{bytes});
    QCOMPARE(blob.keys(), QStringList{u"contents"_s});
}

void TestResources::unknownIsAnErrorOfItsEra_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no such family") << u"y://nothing"_s;
    QTest::newRow("no such member") << u"x://clusters/gone"_s;
    QTest::newRow("nothing in it") << u"x://clusters/empty"_s;
}

void TestResources::unknownIsAnErrorOfItsEra()
{
    QFETCH(QString, name);
    const ExchangePtr legacy = m_bench->legacy(u"resources/read"_s, uri(name));
    QCOMPARE(ServerBench::codeOf(legacy), -32002);
    const ExchangePtr modern = m_bench->modern(u"resources/read"_s, uri(name));
    QCOMPARE(modern->reply.status, 200);
    QCOMPARE(ServerBench::codeOf(modern), -32602);
    QCOMPARE(modern->json()[u"error"_s][u"data"_s][u"uri"_s].toString(), name);
}

void TestResources::failureToReadIsInternal()
{
    const ExchangePtr exchange = m_bench->legacy(u"resources/read"_s, uri(u"x://clusters/locked"_s));
    QCOMPARE(ServerBench::codeOf(exchange), -32603);
    QCOMPARE(exchange->json()[u"error"_s][u"message"_s].toString(), u"You may not see it."_s);
}

void TestResources::needsAUri()
{
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"resources/read"_s)), -32602);
    QCOMPARE(ServerBench::codeOf(m_bench->modern(u"resources/read"_s)), -32602);
}

void TestResources::mayAskForInput()
{
    m_bench->capabilities = {{u"roots"_s, QJsonObject()}};
    QJsonObject params = uri(u"x://clusters/asks"_s);
    const QJsonObject asked = ServerBench::resultOf(m_bench->modern(u"resources/read"_s, params));
    QCOMPARE(asked[u"resultType"_s].toString(), u"input_required"_s);
    QVERIFY(!asked.contains(u"ttlMs"_s));
    params[u"inputResponses"_s] = QJsonObject{{u"root"_s, QJsonObject()}};
    const QJsonObject read = ServerBench::resultOf(m_bench->modern(u"resources/read"_s, params));
    QCOMPARE(read[u"contents"_s][0][u"blob"_s].toString(), u"YXNrcw=="_s);
}

void TestResources::completes()
{
    const QJsonObject result =
        ServerBench::resultOf(m_bench->legacy(u"completion/complete"_s, reference(u"x://clusters/{id}"_s)));
    const QJsonObject completion = result[u"completion"_s].toObject();
    QCOMPARE(completion[u"values"_s].toArray().size(), 100);
    QCOMPARE(completion[u"values"_s][1].toString(), u"a1!"_s);
    QCOMPARE(completion[u"total"_s].toInt(), 150);
    QCOMPARE(completion[u"hasMore"_s].toBool(), true);
}

void TestResources::completesNothingWithoutACompleter()
{
    const QJsonObject result =
        ServerBench::resultOf(m_bench->modern(u"completion/complete"_s, reference(u"x://about"_s)));
    const QJsonObject none{{u"values"_s, QJsonArray()}, {u"total"_s, 0}, {u"hasMore"_s, false}};
    QCOMPARE(result[u"completion"_s].toObject(), none);
}

void TestResources::completesNothingUnknown()
{
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"completion/complete"_s, reference(u"x://no/{id}"_s))), -32602);
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"completion/complete"_s)), -32602);
    QJsonObject nameless = reference(u"x://clusters/{id}"_s);
    nameless.remove(u"argument"_s);
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"completion/complete"_s, nameless)), -32602);
}

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
