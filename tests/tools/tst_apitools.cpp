#include "tools/kit/answer.h"
#include "tools/toolbench.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// call_api: any REST request, kept to the workspace's API, and no secret read back.
class TestApiTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void getReadsWithAQuery();
    void postSendsTheBody();
    void theWordsOfTheApiComeThrough();
    void pathsThatLeadElsewhereAreRefused_data();
    void pathsThatLeadElsewhereAreRefused();
    void secretValuesAreNeverReadBack_data();
    void secretValuesAreNeverReadBack();
    void freshCredentialsAreHidden();
    void longAnswersSayWhatIsLeftOut();
    void onlyGetIsARead();
    void readOnlyAllowsGetAlone();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestApiTools::getReadsWithAQuery()
{
    const QJsonObject query{
        {u"page_size"_s, 2},
        {u"filter_by"_s, QJsonObject{{u"cluster_states"_s, QJsonArray{u"RUNNING"_s, u"PENDING"_s}}}},
        {u"include"_s, true},
        {u"like"_s, u"a+b %41&c"_s}};
    const Mcp::ToolResult result = bench->call(
        u"call_api"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/2.1/clusters/list"_s}, {u"query"_s, query}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("status"_L1).toInteger(), 200);
    QCOMPARE(result.structuredContent().value("body"_L1)["clusters"_L1].toArray().size(), 2);
    QCOMPARE(
        bench->requests(),
        QStringList{u"GET /api/2.1/clusters/list?filter_by.cluster_states=RUNNING&filter_by.cluster_states=PENDING&"
                    "include=true&like=a+b %41&c&page_size=2"_s});
}

void TestApiTools::postSendsTheBody()
{
    const QJsonObject body{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
    const Mcp::ToolResult result = bench->call(
        u"call_api"_s, {{u"method"_s, u"POST"_s}, {u"path"_s, u"/api/2.1/clusters/start"_s}, {u"body"_s, body}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.1/clusters/start {\"cluster_id\":\"0730-172948-runts698\"}"_s});

    const Mcp::ToolResult confused = bench->call(
        u"call_api"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/2.1/clusters/get"_s}, {u"body"_s, body}});
    QVERIFY(confused.isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestApiTools::theWordsOfTheApiComeThrough()
{
    const Mcp::ToolResult result =
        bench->call(u"call_api"_s, {{u"method"_s, u"DELETE"_s}, {u"path"_s, u"/api/2.0/no/such/thing"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("No API found for 'DELETE /no/such/thing'"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"DELETE /api/2.0/no/such/thing"_s});
}

void TestApiTools::pathsThatLeadElsewhereAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("not the API") << u"/serving-endpoints/x/invocations"_s;
    QTest::newRow("another host") << u"https://elsewhere.example.com/api/2.0/x"_s;
    QTest::newRow("host by slashes") << u"//elsewhere.example.com/api/2.0/x"_s;
    QTest::newRow("empty segment") << u"/api//2.0/x"_s;
    QTest::newRow("dots") << u"/api/../oidc/v1/token"_s;
    QTest::newRow("one dot") << u"/api/./2.0/x"_s;
    QTest::newRow("encoded dots") << u"/api/%2e%2E/oidc"_s;
    QTest::newRow("twice encoded dots") << u"/api/%252e%252e/oidc"_s;
    QTest::newRow("dots behind an encoded slash") << u"/api/x%2f..%2foidc"_s;
    QTest::newRow("dots with a parameter") << u"/api/..;a/oidc"_s;
    QTest::newRow("backslash") << u"/api/2.0\\..\\x"_s;
    QTest::newRow("encoded backslash") << u"/api/2.0/%5c..%5cx"_s;
    QTest::newRow("query") << u"/api/2.0/x?a=b"_s;
    QTest::newRow("fragment") << u"/api/2.0/x#a"_s;
    QTest::newRow("line break") << u"/api/2.0/x%0d%0aHost: y"_s;
    QTest::newRow("endless encoding") << u"/api/%25252525252525252e/x"_s;
}

void TestApiTools::pathsThatLeadElsewhereAreRefused()
{
    QFETCH(QString, path);
    const Mcp::ToolResult result = bench->call(u"call_api"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, path}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("This path cannot be called"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestApiTools::secretValuesAreNeverReadBack_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("plain") << u"/api/2.0/secrets/get"_s;
    QTest::newRow("slash") << u"/api/2.0/secrets/get/"_s;
    QTest::newRow("case") << u"/api/2.0/Secrets/GET"_s;
    QTest::newRow("encoded") << u"/api/2.0/secrets/%67et"_s;
    QTest::newRow("encoded slash") << u"/api/2.0/secrets%2Fget"_s;
    QTest::newRow("parameter") << u"/api/2.0/secrets/get;x=1"_s;
    QTest::newRow("parameter within") << u"/api/2.0/secrets;x=1/get"_s;
    QTest::newRow("encoded parameter") << u"/api/2.0/secrets%3Bx/get"_s;
    QTest::newRow("blank") << u"/api/2.0/secrets/get%20"_s;
    for (const auto *behind : {"%3Fscope=a", "%2e", ".json", "+", "%C2%A0"})
        QTest::newRow(behind) << u"/api/2.0/secrets/get"_s + QString::fromLatin1(behind);
    QTest::newRow("full width") << u"/api/2.0/secrets/\uFF47\uFF45\uFF54"_s;
}

void TestApiTools::secretValuesAreNeverReadBack()
{
    QFETCH(QString, path);
    const Mcp::ToolResult result = bench->call(u"call_api"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, path}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("never read back"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestApiTools::freshCredentialsAreHidden()
{
    const QJsonObject answer{
        {u"token_value"_s, u"anything at all"_s},
        {u"token_info"_s, QJsonObject{{u"token_id"_s, u"17"_s}, {u"comment"_s, u"mine\u202e"_s}}},
        {u"list"_s, QJsonArray{QJsonObject{{u"sas_token"_s, u"x"_s}, {u"next_page_token"_s, u"n"_s}}}},
        {u"words"_s, u"Bearer dapi0123456789abcdef0123456789abcdef"_s},
        {u"total_tokens"_s, 7}};
    const QJsonValue safe = Tools::safeJson(answer);
    QCOMPARE(safe["token_value"_L1].toString(), u"•••"_s);
    QCOMPARE(safe["list"_L1][0]["sas_token"_L1].toString(), u"•••"_s);
    QCOMPARE(safe["list"_L1][0]["next_page_token"_L1].toString(), u"n"_s);
    QCOMPARE(safe["token_info"_L1]["token_id"_L1].toString(), u"17"_s);
    QCOMPARE(safe["token_info"_L1]["comment"_L1].toString(), u"mine"_s);
    QVERIFY(!safe["words"_L1].toString().contains("dapi0123"_L1));
    QCOMPARE(safe["total_tokens"_L1].toInteger(), 7);
}

void TestApiTools::longAnswersSayWhatIsLeftOut()
{
    QJsonObject arguments{{u"method"_s, u"GET"_s},
                          {u"path"_s, u"/api/2.1/clusters/list"_s},
                          {u"query"_s, QJsonObject{{u"page_size"_s, 100}}}};
    QString whole;
    qint64 total = 0;
    do {
        const Mcp::ToolResult result = bench->call(u"call_api"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        const QString part = result.structuredContent().value("body"_L1).toString();
        QVERIFY(!part.isEmpty() && part.toUtf8().size() <= 30'000);
        whole += part;
        total = result.structuredContent().value("answer_bytes"_L1).toInteger();
        const QString next = u"answer_offset %1"_s.arg(whole.toUtf8().size());
        QCOMPARE(result.text().contains(next), whole.toUtf8().size() < total);
        arguments.insert("answer_offset"_L1, whole.toUtf8().size());
    } while (whole.toUtf8().size() < total);
    QCOMPARE(QJsonDocument::fromJson(whole.toUtf8()).object().value("clusters"_L1).toArray().size(), 100);
}

void TestApiTools::onlyGetIsARead()
{
    bench->policy = ToolBench::rules(Calls::Decision::Allow, Calls::Decision::Deny);
    bench->reset();
    for (const auto method : {"POST"_L1, "PUT"_L1, "PATCH"_L1, "DELETE"_L1}) {
        const Mcp::ToolResult result =
            bench->call(u"call_api"_s, {{u"method"_s, QString(method)}, {u"path"_s, u"/api/2.0/token/list"_s}});
        QVERIFY(result.isError());
    }
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(!bench->call(u"call_api"_s, {{u"method"_s, u"GET"_s}, {u"path"_s, u"/api/2.0/preview/scim/v2/Me"_s}})
                 .isError());
}

void TestApiTools::readOnlyAllowsGetAlone()
{
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    QVERIFY(bench->offered().contains("call_api"_L1));
    QVERIFY(
        bench->call(u"call_api"_s, {{u"method"_s, u"POST"_s}, {u"path"_s, u"/api/2.1/clusters/delete"_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

QTEST_GUILESS_MAIN(TestApiTools)
#include "tst_apitools.moc"
