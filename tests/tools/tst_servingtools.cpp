#include "tools/toolbench.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;

/// The toolset serving: the REST requests its tools make and what models answer.
class TestServingTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void endpointsAreListed();
    void anEndpointIsShown();
    void chatModelsSpeak();
    void otherModelsGiveJson();
    void whatIsNotReadyTellsWhereToLook();
    void aCutReplySaysSo();
    void exactlyOneFormOfAQuestion();
    void aQuestionIsSentOnce();
    void unknownEndpointsGetTheWordsOfTheApi_data();
    void unknownEndpointsGetTheWordsOfTheApi();
    void aListThatIsForbiddenSaysSo();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestServingTools::endpointsAreListed()
{
    const Mcp::ToolResult result = bench->call(u"list_serving_endpoints"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("Found 4 serving endpoints (3 ready):"_L1), qPrintable(result.text()));
    QVERIFY(result.text().contains("demand-forecast | READY | - | main.default.demand_forecast version 4"_L1));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/serving-endpoints"_s});
    const Mcp::ToolResult chat = bench->call(u"list_serving_endpoints"_s, {{u"name_contains"_s, u"CHAT"_s}});
    QCOMPARE(chat.structuredContent().value("total"_L1).toInteger(), 1);
}

void TestServingTools::anEndpointIsShown()
{
    const Mcp::ToolResult result = bench->call(u"get_serving_endpoint"_s, {{u"name"_s, u"demand-forecast"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/serving-endpoints/demand-forecast"_s});
    QCOMPARE(result.structuredContent().value("traffic"_L1).toString(), u"demand-forecast-1: 100 %"_s);
    QVERIFY2(result.structuredContent().value("served_entities"_L1)[0].toString().contains("workload_size Small"_L1),
             qPrintable(result.text()));
}

void TestServingTools::chatModelsSpeak()
{
    const QJsonObject question{{u"role"_s, u"user"_s}, {u"content"_s, u"Hello there"_s}};
    const Mcp::ToolResult result = bench->call(u"query_serving_endpoint"_s, {{u"name"_s, u"sample-chat"_s},
                                                                             {u"messages"_s, QJsonArray{question}},
                                                                             {u"max_tokens"_s, 50},
                                                                             {u"temperature"_s, 0.5}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains(u"“Hello there”"_s) && !result.text().contains(u'{'), qPrintable(result.text()));
    QVERIFY(result.text().contains(result.structuredContent().value("answer"_L1).toString()));
    QCOMPARE(
        bench->requests(),
        QStringList{u"POST /serving-endpoints/sample-chat/invocations {\"max_tokens\":50,\"messages\":[{\"content\":"
                    "\"Hello there\",\"role\":\"user\"}],\"temperature\":0.5}"_s});
}

void TestServingTools::otherModelsGiveJson()
{
    const QJsonArray records{QJsonObject{{u"store"_s, 1}}, QJsonObject{{u"store"_s, 2}}};
    const Mcp::ToolResult forecast = bench->call(
        u"query_serving_endpoint"_s, {{u"name"_s, u"demand-forecast"_s}, {u"dataframe_records"_s, records}});
    QVERIFY2(!forecast.isError(), qPrintable(forecast.text()));
    QVERIFY2(forecast.text().contains("{\"predictions\":[120.5,123.5]}"_L1), qPrintable(forecast.text()));

    const Mcp::ToolResult vectors = bench->call(
        u"query_serving_endpoint"_s, {{u"name"_s, u"sample-embedding"_s}, {u"input"_s, QJsonArray{u"a"_s, u"b"_s}}});
    QVERIFY2(!vectors.isError(), qPrintable(vectors.text()));
    QCOMPARE(vectors.structuredContent().value("answer"_L1).toString().count("\"embedding\":["_L1), 2);

    QJsonArray many;
    for (int i = 0; i < 9000; ++i)
        many.append(QJsonObject{{u"i"_s, i}});
    const Mcp::ToolResult longOne =
        bench->call(u"query_serving_endpoint"_s,
                    {{u"name"_s, u"demand-forecast"_s}, {u"body"_s, QJsonObject{{u"dataframe_records"_s, many}}}});
    QVERIFY2(!longOne.isError(), qPrintable(longOne.text().left(500)));
    QVERIFY(!longOne.structuredContent().contains("body"_L1));
    QVERIFY2(longOne.structuredContent().value("note"_L1).toString().contains("Bytes 0 to 49151 of"_L1),
             qPrintable(longOne.structuredContent().value("note"_L1).toString()));
}

void TestServingTools::whatIsNotReadyTellsWhereToLook()
{
    const QJsonObject churn{{u"name"_s, u"churn"_s}};
    const Mcp::ToolResult result =
        bench->call(u"query_serving_endpoint"_s, {{u"name"_s, u"churn"_s}, {u"prompt"_s, u"a"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("is not ready. The arguments are not to blame: get_serving_endpoint"_L1) &&
                 !result.text().contains("Check the arguments"_L1),
             qPrintable(result.text()));
    const Mcp::ToolResult state = bench->call(u"get_serving_endpoint"_s, churn);
    const Mcp::ToolResult logs = bench->call(u"get_serving_logs"_s, churn);
    QVERIFY2(state.text().contains("Loading the model"_L1) && logs.text().contains("Loading the model"_L1),
             qPrintable(state.text() + logs.text()));
    const QString time = state.structuredContent().value("last_updated"_L1).toString();
    const QDateTime begun = QDateTime::fromString(time.left(19), u"yyyy-MM-dd HH:mm:ss"_s);
    QVERIFY(begun.isValid() && begun.date().daysTo(QDateTime::currentDateTimeUtc().date()) <= 1);
}

void TestServingTools::aCutReplySaysSo()
{
    const QJsonObject question{{u"role"_s, u"user"_s}, {u"content"_s, u"Hello there"_s}};
    const Mcp::ToolResult result =
        bench->call(u"query_serving_endpoint"_s,
                    {{u"name"_s, u"sample-chat"_s}, {u"messages"_s, QJsonArray{question}}, {u"max_tokens"_s, 3}});
    QCOMPARE(result.structuredContent().value("finish_reason"_L1).toString(), u"length"_s);
    QVERIFY2(result.text().contains("The answer is cut"_L1), qPrintable(result.text()));
}

void TestServingTools::exactlyOneFormOfAQuestion()
{
    const QString tool = u"query_serving_endpoint"_s;
    QVERIFY(bench->call(tool, {{u"name"_s, u"sample-chat"_s}}).isError());
    QVERIFY(bench->call(tool, {{u"name"_s, u"sample-chat"_s}, {u"prompt"_s, u"a"_s}, {u"input"_s, QJsonArray{u"a"_s}}})
                .isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestServingTools::aQuestionIsSentOnce()
{
    bench->fault({{u"path"_s, u"/serving-endpoints/*"_s}, {u"fault"_s, u"reset"_s}});
    const Mcp::ToolResult result =
        bench->call(u"query_serving_endpoint"_s, {{u"name"_s, u"sample-chat"_s}, {u"prompt"_s, u"a"_s}});
    QVERIFY(result.isError());
    QCOMPARE(bench->requests().size(), 1);
}

void TestServingTools::unknownEndpointsGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("more");
    QTest::newRow("get") << u"get_serving_endpoint"_s << QJsonObject();
    QTest::newRow("query") << u"query_serving_endpoint"_s << QJsonObject{{u"prompt"_s, u"a"_s}};
}

void TestServingTools::unknownEndpointsGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QFETCH(QJsonObject, more);
    more.insert(u"name"_s, u"no where"_s);
    const Mcp::ToolResult result = bench->call(tool, more);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Endpoint with name 'no where' does not exist"_L1), qPrintable(result.text()));
    bench->requests();
    more.insert(u"name"_s, u".."_s);
    QVERIFY(bench->call(tool, more).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestServingTools::aListThatIsForbiddenSaysSo()
{
    bench->fault({{u"path"_s, u"/api/2.0/serving-endpoints"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"list_serving_endpoints"_s);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("does not have permission"_L1), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestServingTools)
#include "tst_servingtools.moc"
