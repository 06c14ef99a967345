#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

QCoro::Task<PromptResult> explore(PromptRequest request)
{
    const QString catalog = request.arguments.value(u"catalog"_s);
    if (catalog == u"none"_s)
        co_return PromptResult::badArguments(u"There is no catalog \"none\"."_s);
    if (catalog == u"down"_s)
        co_return PromptResult::error(u"The workspace does not answer."_s);
    QList<PromptMessage> messages;
    messages << PromptMessage::text(u"Explore "_s + catalog)
             << PromptMessage::text(u"Gladly."_s, PromptMessage::Role::Assistant);
    co_return PromptResult(messages, u"About "_s + catalog);
}

QCoro::Task<Completion> completeCatalogs(CompletionRequest request)
{
    Completion completion;
    completion.values << request.query.argument + u'=' + request.query.value;
    completion.total = 12;
    co_return completion;
}

QJsonObject get(const QString &name, const QJsonObject &arguments)
{
    return {{u"name"_s, name}, {u"arguments"_s, arguments}};
}

QJsonObject catalog(const QJsonValue &value)
{
    return {{u"catalog"_s, value}};
}

} // namespace

class TestPrompts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void lists();
    void gets();
    void refuses_data();
    void refuses();
    void completes();

private:
    std::unique_ptr<ServerBench> m_bench;
};

void TestPrompts::init()
{
    m_bench = std::make_unique<ServerBench>();
    const PromptArgument argument{.name = u"catalog"_s, .title = u"Catalog"_s, .required = true};
    const Prompt prompt{.name = u"explore"_s,
                        .title = u"Explore"_s,
                        .description = u"Looks around."_s,
                        .arguments = {argument, {.name = u"depth"_s}}};
    m_bench->server.setPrompts({{.description = prompt, .get = explore, .complete = completeCatalogs}});
}

void TestPrompts::lists()
{
    const QJsonObject prompt = ServerBench::resultOf(m_bench->legacy(u"prompts/list"_s))[u"prompts"_s][0].toObject();
    QCOMPARE(prompt[u"name"_s].toString(), u"explore"_s);
    QCOMPARE(prompt[u"title"_s].toString(), u"Explore"_s);
    QCOMPARE(prompt[u"description"_s].toString(), u"Looks around."_s);
    const QJsonObject catalogArgument{{u"name"_s, u"catalog"_s}, {u"title"_s, u"Catalog"_s}, {u"required"_s, true}};
    const QJsonObject depth{{u"name"_s, u"depth"_s}, {u"required"_s, false}};
    const QJsonArray arguments{catalogArgument, depth};
    QCOMPARE(prompt[u"arguments"_s].toArray(), arguments);

    const QJsonObject older =
        ServerBench::resultOf(m_bench->legacy(u"prompts/list"_s, {}, "2025-03-26"))[u"prompts"_s][0].toObject();
    QVERIFY(!older.contains(u"title"_s));
    QVERIFY(!older[u"arguments"_s][0].toObject().contains(u"title"_s));
}

void TestPrompts::gets()
{
    const QJsonObject result =
        ServerBench::resultOf(m_bench->modern(u"prompts/get"_s, get(u"explore"_s, catalog(u"main"_s))));
    QCOMPARE(result[u"resultType"_s].toString(), u"complete"_s);
    QCOMPARE(result[u"description"_s].toString(), u"About main"_s);
    const QJsonArray messages = result[u"messages"_s].toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0][u"role"_s].toString(), u"user"_s);
    QCOMPARE(messages[0][u"content"_s][u"text"_s].toString(), u"Explore main"_s);
    QCOMPARE(messages[1][u"role"_s].toString(), u"assistant"_s);
}

void TestPrompts::refuses_data()
{
    QTest::addColumn<QJsonObject>("params");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown") << get(u"no_such"_s, {}) << -32602;
    QTest::newRow("no name") << QJsonObject() << -32602;
    QTest::newRow("argument missing") << get(u"explore"_s, {}) << -32602;
    QTest::newRow("argument empty") << get(u"explore"_s, catalog(QString())) << -32602;
    QTest::newRow("argument a number") << get(u"explore"_s, catalog(5)) << -32602;
    QTest::newRow("argument refused") << get(u"explore"_s, catalog(u"none"_s)) << -32602;
    QTest::newRow("failure") << get(u"explore"_s, catalog(u"down"_s)) << -32603;
}

void TestPrompts::refuses()
{
    QFETCH(QJsonObject, params);
    QFETCH(int, code);
    const ExchangePtr exchange = m_bench->legacy(u"prompts/get"_s, params);
    QCOMPARE(ServerBench::codeOf(exchange), code);
    QVERIFY(!exchange->json()[u"error"_s][u"message"_s].toString().isEmpty());
}

void TestPrompts::completes()
{
    const QJsonObject ref{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"explore"_s}};
    const QJsonObject argument{{u"name"_s, u"catalog"_s}, {u"value"_s, u"ma"_s}};
    const QJsonObject params{{u"ref"_s, ref}, {u"argument"_s, argument}};
    const QJsonObject completion =
        ServerBench::resultOf(m_bench->legacy(u"completion/complete"_s, params))[u"completion"_s].toObject();
    QCOMPARE(completion[u"values"_s].toArray(), QJsonArray{u"catalog=ma"_s});
    QCOMPARE(completion[u"total"_s].toInt(), 12);
    QCOMPARE(completion[u"hasMore"_s].toBool(), true);
}

QTEST_GUILESS_MAIN(TestPrompts)
#include "tst_prompts.moc"
