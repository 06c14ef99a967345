#include "shell/service/service.h"

#include "databricks/scriptedserver.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto Token = "dapi0123456789abcdef0123456789abcdef";

/// A workspace that lets everybody in, at a host that tells this of itself.
ScriptedServer::Handler workspaceBehind(const Reply &itself)
{
    return [itself](const Received &received) {
        if (received.path().startsWith("/.well-known/"))
            return itself;
        return Reply::json({{u"userName"_s, u"someone@example.com"_s}});
    };
}

} // namespace

/// A session at a host that has to be asked which workspace it is: what is sent there, in which order, and what is not.
class TestWorkspaceFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theNumberGoesWithEveryRequest();
    void aHostThatTellsNothingIsUsedAsItIs_data();
    void aHostThatTellsNothingIsUsedAsItIs();
    void aHostOfManyWorkspacesGetsNoToken();
    void anAddressWithItsNumberIsNotAsked();
    void itIsAskedOnceARun();
    void withoutAnAnswerItIsAskedAgainWhenSignInFailed();
    void callsDoNotGoOnToTheWorkspaceBefore();
    void theServerWaitsForTheAnswer();

private:
    void use(const QUrl &host);
    QJsonObject callGetConnection();
    QList<Received> ofTheApi() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScriptedServer> m_host;
    std::unique_ptr<Service> m_service;
    std::unique_ptr<QSignalSpy> m_signedIn;
    std::unique_ptr<QSignalSpy> m_failed;
    QNetworkAccessManager m_network;
    QUrl m_endpoint;
    int m_number = 0;
};

void TestWorkspaceFinder::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_host = std::make_unique<ScriptedServer>();
    m_service = std::make_unique<Service>(
        Service::Options{.journalFile = m_dir->filePath(u"journal.sqlite"_s), .retention = {}, .hasWindow = false});
    m_signedIn = std::make_unique<QSignalSpy>(m_service.get(), &Service::signedIn);
    m_failed = std::make_unique<QSignalSpy>(m_service.get(), &Service::workspaceFailed);
    connect(m_service.get(), &Service::serverStarted, this, [this](const QUrl &url) { m_endpoint = url; });
    m_endpoint.clear();
    m_service->begin();
}

void TestWorkspaceFinder::cleanup()
{
    QSignalSpy ended(m_service.get(), &Service::ended);
    m_service->end();
    QVERIFY(ended.count() == 1 || ended.wait());
    m_service.reset();
    m_host.reset();
}

void TestWorkspaceFinder::use(const QUrl &host)
{
    SessionConfiguration configuration;
    configuration.number = ++m_number;
    configuration.profile = u"default"_s;
    configuration.host = host;
    configuration.token = QString::fromLatin1(Token);
    m_service->useSession(configuration);
}

/// What get_connection answers over HTTP.
QJsonObject TestWorkspaceFinder::callGetConnection()
{
    if (m_endpoint.isEmpty())
        m_service->startServer({.addresses = {QHostAddress(QHostAddress::LocalHost)}, .port = 0, .requiresKey = false});
    if (!QTest::qWaitFor([this] { return !m_endpoint.isEmpty(); }))
        qFatal("no server");
    QNetworkRequest request(m_endpoint);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Accept", "application/json");
    const std::unique_ptr<QNetworkReply> reply(m_network.post(
        request,
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_connection","arguments":{}}})"));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }))
        qFatal("no answer");
    return QJsonDocument::fromJson(reply->readAll()).object().value("result"_L1).toObject();
}

QList<Received> TestWorkspaceFinder::ofTheApi() const
{
    QList<Received> all;
    for (const Received &received : m_host->received()) {
        if (received.path().startsWith("/api/"))
            all.append(received);
    }
    return all;
}

void TestWorkspaceFinder::theNumberGoesWithEveryRequest()
{
    m_host->always(
        workspaceBehind(Reply::json({{u"workspace_id"_s, u"42"_s}, {u"oidc_endpoint"_s, m_host->url().toString()}})));
    use(m_host->url());
    QTRY_COMPARE(m_signedIn->count(), 1);
    const QByteArray result = QJsonDocument(callGetConnection()).toJson();
    QVERIFY2(result.contains("workspace_id: 42"), result.constData());

    const Received asked = m_host->received().first();
    QCOMPARE(asked.path(), "/.well-known/databricks-config"_ba);
    QCOMPARE(asked.header("Authorization"), QByteArray());
    const QList<Received> requests = ofTheApi();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(m_host->count(), 3);
    for (const Received &request : requests) {
        QCOMPARE(request.header("X-Databricks-Workspace-Id"), "42"_ba);
        QCOMPARE(request.header("X-Databricks-Org-Id"), "42"_ba);
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer ") + Token);
    }
}

void TestWorkspaceFinder::aHostThatTellsNothingIsUsedAsItIs_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("404") << "{}"_ba << 404;
    QTest::newRow("garbage") << "{\"workspace_id\""_ba << 200;
    QTest::newRow("no id") << "{}"_ba << 200;
    QTest::newRow("500") << "{}"_ba << 500;
}

void TestWorkspaceFinder::aHostThatTellsNothingIsUsedAsItIs()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    m_host->always(workspaceBehind({.status = status, .body = body}));
    use(m_host->url());
    QTRY_COMPARE(m_signedIn->count(), 1);
    QCOMPARE(ofTheApi().first().header("X-Databricks-Workspace-Id"), QByteArray());
    QCOMPARE(m_failed->count(), 0);
}

void TestWorkspaceFinder::aHostOfManyWorkspacesGetsNoToken()
{
    m_host->always(workspaceBehind(Reply::json({{u"host_type"_s, u"unified"_s}, {u"account_id"_s, u"a"_s}})));
    use(m_host->url());
    QTRY_COMPARE(m_failed->count(), 1);
    QCOMPARE(m_failed->first().at(0).toInt(), m_number);
    QVERIFY(m_failed->first().at(1).toString().contains("serves many workspaces"_L1));
    QCOMPARE(m_failed->first().at(2).toBool(), false);

    // Clients are told as well.
    const QJsonObject result = callGetConnection();
    QVERIFY(result.value("isError"_L1).toBool());
    QVERIFY(QJsonDocument(result).toJson().contains("serves many workspaces"));
    m_service->refresh();
    QTest::qWait(50);
    QCOMPARE(m_host->count(), 1);
    QCOMPARE(m_signedIn->count(), 0);
}

void TestWorkspaceFinder::anAddressWithItsNumberIsNotAsked()
{
    m_host->always(workspaceBehind(Reply::json({{u"workspace_id"_s, u"42"_s}})));
    QUrl numbered = m_host->url();
    numbered.setQuery(u"o=7"_s);
    use(numbered);
    QTRY_COMPARE(m_signedIn->count(), 1);
    QCOMPARE(m_host->count(), 1);
    QCOMPARE(m_host->received().first().header("X-Databricks-Workspace-Id"), "7"_ba);
}

void TestWorkspaceFinder::itIsAskedOnceARun()
{
    m_host->always(workspaceBehind(Reply::json({{u"workspace_id"_s, u"42"_s}})));
    use(m_host->url());
    QTRY_COMPARE(m_signedIn->count(), 1);
    use(m_host->url());
    QTRY_COMPARE(m_signedIn->count(), 2);
    QCOMPARE(m_host->count(), 3);
    QCOMPARE(ofTheApi().last().header("X-Databricks-Workspace-Id"), "42"_ba);
}

void TestWorkspaceFinder::withoutAnAnswerItIsAskedAgainWhenSignInFailed()
{
    bool works = false;
    const ScriptedServer::Handler workspace = workspaceBehind(Reply::json({{u"workspace_id"_s, u"42"_s}}));
    m_host->always([&works, workspace](const Received &received) {
        return works ? workspace(received) : Reply::error(403, R"({"message":"blocked by a proxy"})");
    });
    use(m_host->url());
    QTRY_COMPARE(m_failed->count(), 1);
    works = true;
    use(m_host->url());
    QTRY_COMPARE(m_signedIn->count(), 1);
    QCOMPARE(ofTheApi().last().header("X-Databricks-Workspace-Id"), "42"_ba);
}

void TestWorkspaceFinder::callsDoNotGoOnToTheWorkspaceBefore()
{
    ScriptedServer before;
    before.always(workspaceBehind(Reply::error(404, "{}")));
    use(before.url());
    QTRY_COMPARE(m_signedIn->count(), 1);
    const int asked = before.count();

    m_host->always([](const Received &) { return Reply::of(Reply::Manner::Stall); });
    use(m_host->url());
    const QJsonObject result = callGetConnection();
    QVERIFY(result.value("isError"_L1).toBool());
    QVERIFY2(QJsonDocument(result).toJson().contains("Repeat the call"), QJsonDocument(result).toJson().constData());
    QCOMPARE(before.count(), asked);
}

void TestWorkspaceFinder::theServerWaitsForTheAnswer()
{
    m_host->always(workspaceBehind(Reply::json({{u"workspace_id"_s, u"42"_s}})));
    use(m_host->url());
    m_service->startServer({.addresses = {QHostAddress(QHostAddress::LocalHost)}, .port = 0, .requiresKey = false});
    QVERIFY(m_endpoint.isEmpty());
    QTRY_VERIFY(!m_endpoint.isEmpty());
    QVERIFY(!callGetConnection().value("isError"_L1).toBool());
}

QTEST_GUILESS_MAIN(TestWorkspaceFinder)
#include "tst_workspacefinder.moc"
