#include "tools/toolbench.h"

#include "databricks/scriptedserver.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The toolset apps: the REST requests its tools make, and what they say of apps that run, crash and wait.
class TestAppTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void appsAreListed();
    void appsComeInPages();
    void anAppSaysWhyItFails();
    void itsLogsAreNamedAndNotFetched();
    void whatItMayUseIsShown();
    void aDeploymentThatWaitsIsToldApart();
    void deploymentsThatAreForbiddenCostNothingElse();
    void theNewestDeploymentsComeFirst();
    void anAddressThatIsNoneIsNotOffered_data();
    void anAddressThatIsNoneIsNotOffered();
    void unknownAppsGetTheWordsOfTheApi();
    void theyAreOffAtFirst();

private:
    /// An upstream that has this one app, with these deployments.
    void serve(const QJsonObject &app, const QJsonArray &deployments = {});

    ScriptedServer upstream;
    std::unique_ptr<ToolBench> bench;
};

void TestAppTools::serve(const QJsonObject &app, const QJsonArray &deployments)
{
    upstream.always([app, deployments](const Received &received) {
        return received.path().endsWith("/deployments") ? Reply::json({{u"app_deployments"_s, deployments}})
                                                        : Reply::json(app);
    });
    bench->upstream = upstream.url();
    bench->reset();
}

void TestAppTools::appsAreListed()
{
    const Mcp::ToolResult result = bench->call(u"list_apps"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("Found 4 apps (1 running):"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("churn-explorer | CRASHED | ACTIVE | SUCCEEDED | - | priya.raman@example.com"_L1),
             qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/apps?page_size=100"_s});
    const Mcp::ToolResult one = bench->call(u"list_apps"_s, {{u"name_contains"_s, u"CHURN"_s}});
    QCOMPARE(one.structuredContent().value("total"_L1).toInteger(), 1);
}

void TestAppTools::appsComeInPages()
{
    const Mcp::ToolResult first = bench->call(u"list_apps"_s, {{u"limit"_s, 3}});
    const QString token = first.structuredContent().value("next_page_token"_L1).toString();
    QVERIFY2(!token.isEmpty(), qPrintable(first.text()));
    const Mcp::ToolResult second = bench->call(u"list_apps"_s, {{u"limit"_s, 3}, {u"page_token"_s, token}});
    QVERIFY2(second.text().contains("legacy-forms"_L1) && !second.text().contains("churn-explorer"_L1),
             qPrintable(second.text()));
}

void TestAppTools::anAppSaysWhyItFails()
{
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"churn-explorer"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), (QStringList{u"GET /api/2.0/apps/churn-explorer"_s,
                                             u"GET /api/2.0/apps/churn-explorer/deployments?page_size=100"_s}));
    QVERIFY2(result.text().startsWith("App churn-explorer is CRASHED, its compute is ACTIVE."_L1),
             qPrintable(result.text()));
    QVERIFY2(result.text().contains("No module named 'shap'"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("FAILED | 2026-11-19 09:30:00 UTC | 2026-11-19 09:30:00 UTC | Error installing"_L1),
             qPrintable(result.text()));
    QVERIFY(result.structuredContent().contains("active_deployment_id"_L1));
}

void TestAppTools::itsLogsAreNamedAndNotFetched()
{
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"churn-explorer"_s}});
    QCOMPARE(result.structuredContent().value("logs_page"_L1).toString(),
             u"https://churn-explorer-3512467908812345.5.azure.databricksapps.com/logz"_s);
    QVERIFY2(result.text().contains("ask the person to open logs_page"_L1), qPrintable(result.text()));
    for (const QString &request : bench->requests())
        QVERIFY2(!request.contains("logz"_L1), qPrintable(request));
}

void TestAppTools::whatItMayUseIsShown()
{
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"sales-dashboard"_s}});
    QVERIFY2(result.text().contains("warehouse | sql_warehouse | id 8f3b2c1d90e47a65 | CAN_USE"_L1),
             qPrintable(result.text()));
    QVERIFY2(result.text().contains("crm-key | secret | key api-key, scope crm | READ"_L1), qPrintable(result.text()));
}

void TestAppTools::aDeploymentThatWaitsIsToldApart()
{
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"mcp-tickets"_s}});
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("deployment_state"_L1).toString(), u"SUCCEEDED"_s);
    QCOMPARE(facts.value("pending_deployment_state"_L1).toString(), u"IN_PROGRESS"_s);
}

void TestAppTools::deploymentsThatAreForbiddenCostNothingElse()
{
    bench->fault({{u"path"_s, u"/api/2.0/apps/churn-explorer/deployments"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"churn-explorer"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("Its deployments could not be read: "_L1), qPrintable(result.text()));
    QVERIFY(result.text().contains("CRASHED"_L1));
}

void TestAppTools::theNewestDeploymentsComeFirst()
{
    QJsonArray deployments;
    for (int day = 1; day <= 12; ++day) {
        deployments.append(QJsonObject{{u"deployment_id"_s, u"d%1"_s.arg(day)},
                                       {u"create_time"_s, u"2026-11-%1T08:00:00Z"_s.arg(day, 2, 10, QChar(u'0'))},
                                       {u"status"_s, QJsonObject{{u"message"_s, u"one\ntwo\u202e"_s}}}});
    }
    serve({{u"name"_s, u"bare"_s}}, deployments);
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"bare"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("App bare is of unknown state, its compute is of unknown state."_L1),
             qPrintable(result.text()));
    QVERIFY2(result.text().contains("The newest 10 of 12 deployments are shown."_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("\nd12 |"_L1) && !result.text().contains("\nd2 |"_L1), qPrintable(result.text()));
    QVERIFY2(!result.text().contains(u'\u202e'), qPrintable(result.text()));
}

void TestAppTools::anAddressThatIsNoneIsNotOffered_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("logsPage");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("script") << u"javascript:alert(1)"_s << QString();
    QTest::newRow("plain") << u"http://app.example"_s << QString();
    QTest::newRow("with more") << u"https://u:p@app.example/x?y#z"_s << u"https://app.example/logz"_s;
}

void TestAppTools::anAddressThatIsNoneIsNotOffered()
{
    QFETCH(const QString, url);
    serve({{u"name"_s, u"bare"_s}, {u"url"_s, url}});
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"bare"_s}});
    QTEST(result.structuredContent().value("logs_page"_L1).toString(), "logsPage");
    QFETCH(const QString, logsPage);
    QCOMPARE(result.text().contains("ask the person"_L1), !logsPage.isEmpty());
}

void TestAppTools::unknownAppsGetTheWordsOfTheApi()
{
    const Mcp::ToolResult result = bench->call(u"get_app"_s, {{u"name"_s, u"no where"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("App with name no where does not exist"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/apps/no where"_s});
    QVERIFY(bench->call(u"get_app"_s, {{u"name"_s, u".."_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestAppTools::theyAreOffAtFirst()
{
    bench->toolsets = Tools::resolveToolsets({});
    bench->reset();
    QVERIFY(!bench->offered().contains("list_apps"_L1) && !bench->offered().contains("get_app"_L1));
}

QTEST_GUILESS_MAIN(TestAppTools)
#include "tst_apptools.moc"
