#include "databricks/hostconfig.h"

#include "databricks/outcome.h"
#include "databricks/scriptedserver.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::HostConfig;
using Serves = HostConfig::Serves;

Q_DECLARE_METATYPE(Reply)

/// What a host tells of itself, and what it is not told.
class TestHostConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatADocumentSays_data();
    void whatADocumentSays();
    void whatIsNoDocumentSaysNothing_data();
    void whatIsNoDocumentSaysNothing();
    void itIsAskedOnceAndWithoutAToken();
    void aSlowHostIsNotWaitedFor();
    void aRedirectIsNotFollowed();
    void noHostButAWorkspacesIsAsked();
    void theCloudsNamesAreKnown_data();
    void theCloudsNamesAreKnown();
};

namespace {

HostConfig configOf(const QUrl &host, std::chrono::milliseconds patience = 2s)
{
    QNetworkAccessManager network;
    const std::stop_token noStop;
    return outcomeOf(Databricks::hostConfig(host, &network, "bricktray/0.0.0", noStop, patience)).value();
}

} // namespace

void TestHostConfig::whatADocumentSays_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<Serves>("serves");
    QTest::addColumn<QString>("workspaceId");
    QTest::newRow("a workspace")
        << R"({"oidc_endpoint":"https://x.example/oidc","account_id":"a","workspace_id":"42"})"_ba << Serves::Workspace
        << u"42"_s;
    QTest::newRow("id as a number") << R"({"workspace_id":7474654321098765})"_ba << Serves::Workspace
                                    << u"7474654321098765"_s;
    QTest::newRow("unified, one meant") << R"({"host_type":"unified","workspace_id":"42"})"_ba << Serves::Workspace
                                        << u"42"_s;
    QTest::newRow("unified") << R"({"host_type":"unified","account_id":"a"})"_ba << Serves::ManyWorkspaces << QString();
    QTest::newRow("unified, longer") << R"({"host_type":"UNIFIED_HOST"})"_ba << Serves::ManyWorkspaces << QString();
    QTest::newRow("account") << R"({"host_type":"account","account_id":"a"})"_ba << Serves::Account << QString();
    QTest::newRow("account's sign-in") << R"({"oidc_endpoint":"https://x.example/oidc/accounts/a","account_id":"a"})"_ba
                                       << Serves::ManyWorkspaces << QString();
    QTest::newRow("account alone") << R"({"account_id":"a"})"_ba << Serves::ManyWorkspaces << QString();
    QTest::newRow("a workspace's sign-in")
        << R"({"oidc_endpoint":"https://x.example/oidc","account_id":"a"})"_ba << Serves::Unknown << QString();
    QTest::newRow("a workspace without its id")
        << R"({"host_type":"workspace","account_id":"a"})"_ba << Serves::Workspace << QString();
    QTest::newRow("id is no number") << R"({"workspace_id":"4\r\nX: 1","host_type":"workspace"})"_ba
                                     << Serves::Workspace << QString();
    QTest::newRow("nothing") << "{}"_ba << Serves::Unknown << QString();
    QTest::newRow("other types") << R"({"workspace_id":[1],"account_id":5,"oidc_endpoint":{},"host_type":7})"_ba
                                 << Serves::Unknown << QString();
}

void TestHostConfig::whatADocumentSays()
{
    QFETCH(const QByteArray, document);
    QFETCH(const Serves, serves);
    QFETCH(const QString, workspaceId);
    ScriptedServer server;
    server.then({.body = document});
    const HostConfig config = configOf(server.url());
    QCOMPARE(config.serves, serves);
    QCOMPARE(config.workspaceId, workspaceId);
    QVERIFY(config.isAnswer);
}

void TestHostConfig::whatIsNoDocumentSaysNothing_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<bool>("isAnswer");
    const QByteArray document = R"({"workspace_id":"42"})";
    QTest::newRow("404") << Reply::error(404, document) << true;
    QTest::newRow("500") << Reply::error(500, document) << false;
    QTest::newRow("401") << Reply::error(401, document) << false;
    QTest::newRow("garbage") << Reply{.body = "{\"workspace_id\":\"42"} << false;
    QTest::newRow("a page") << Reply{.body = "<html></html>", .contentType = "text/html"} << false;
    QTest::newRow("a list") << Reply{.body = "[" + document + "]"} << false;
    QTest::newRow("empty") << Reply{.body = ""} << false;
    QTest::newRow("huge") << Reply{.body = "{\"workspace_id\":\"42\",\"x\":\"" + QByteArray(100'000, 'x') + "\"}"}
                          << false;
    QTest::newRow("endless") << Reply::of(Reply::Manner::Trickle) << false;
    QTest::newRow("cut") << Reply{.body = document, .manner = Reply::Manner::Truncated} << false;
    QTest::newRow("no answer") << Reply::of(Reply::Manner::CloseEarly) << false;
}

void TestHostConfig::whatIsNoDocumentSaysNothing()
{
    QFETCH(const Reply, reply);
    QFETCH(const bool, isAnswer);
    ScriptedServer server;
    server.always([reply](const Received &) { return reply; });
    const HostConfig nothing{.isAnswer = isAnswer};
    QVERIFY(configOf(server.url(), 300ms) == nothing);
}

void TestHostConfig::itIsAskedOnceAndWithoutAToken()
{
    ScriptedServer server;
    server.always([](const Received &) { return Reply::error(503, "{}"); });
    configOf(server.url());
    QCOMPARE(server.count(), 1);
    const Received &received = server.received().first();
    QCOMPARE(received.method, "GET"_ba);
    QCOMPARE(received.target, "/.well-known/databricks-config"_ba);
    QCOMPARE(received.header("Authorization"), QByteArray());
    QCOMPARE(received.header("Cookie"), QByteArray());
    QCOMPARE(received.header("User-Agent"), "bricktray/0.0.0"_ba);
}

void TestHostConfig::aSlowHostIsNotWaitedFor()
{
    ScriptedServer server;
    server.then(Reply::of(Reply::Manner::Stall));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(configOf(server.url(), 100ms) == HostConfig());
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void TestHostConfig::aRedirectIsNotFollowed()
{
    ScriptedServer elsewhere;
    ScriptedServer server;
    server.then(Reply::error(302, R"({"workspace_id":"42"})").with("Location: " + elsewhere.url().toEncoded() + "/x"));
    QVERIFY(configOf(server.url()) == HostConfig());
    QCOMPARE(server.count(), 1);
    QCOMPARE(elsewhere.count(), 0);
}

void TestHostConfig::noHostButAWorkspacesIsAsked()
{
    QVERIFY(configOf(QUrl(u"http://192.0.2.1"_s)) == HostConfig());
    QVERIFY(configOf(QUrl(u"https://user@acme.databricks.com"_s)) == HostConfig());
    QVERIFY(configOf(QUrl()) == HostConfig());
}

void TestHostConfig::theCloudsNamesAreKnown_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("azure") << u"https://adb-1234567890123456.7.azuredatabricks.net"_s << true;
    QTest::newRow("azure, government") << u"https://adb-1234567890123456.7.databricks.azure.us"_s << true;
    QTest::newRow("azure, by region") << u"https://westeurope.azuredatabricks.net"_s << false;
    QTest::newRow("aws") << u"https://dbc-1a2b3c4d-5e6f.cloud.databricks.com"_s << true;
    QTest::newRow("aws, government") << u"https://example.cloud.databricks.us"_s << true;
    QTest::newRow("gcp") << u"https://1234567890123456.7.gcp.databricks.com"_s << true;
    QTest::newRow("unified") << u"https://acme.databricks.com"_s << false;
    QTest::newRow("own name") << u"https://databricks.example.com"_s << false;
    QTest::newRow("looks like one") << u"https://example.cloud.databricks.com.example.com"_s << false;
}

void TestHostConfig::theCloudsNamesAreKnown()
{
    QFETCH(const QString, host);
    QTEST(Databricks::isOneWorkspace(QUrl(host)), "isOne");
}

QTEST_GUILESS_MAIN(TestHostConfig)
#include "tst_hostconfig.moc"
