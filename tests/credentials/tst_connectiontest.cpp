#include "credentials/connectiontest.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using Credentials::ConnectionReport;

/// Answers every request with the same bytes, but those for what the host tells of itself.
class CannedServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit CannedServer(const QByteArray &answer,
                          const QByteArray &itself = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer, itself] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, answer, itself] {
                const QByteArray request = socket->readAll();
                const bool isOfItself = request.startsWith("GET /.well-known/");
                QByteArray &all = isOfItself ? asked : received;
                all.append(request);
                if (!all.contains("\r\n\r\n"))
                    return;
                socket->write(isOfItself ? itself : answer);
                socket->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }

    QUrl url(const QString &scheme = u"http"_s) const
    {
        return QUrl(u"%1://127.0.0.1:%2"_s.arg(scheme).arg(serverPort()));
    }

    QByteArray received;
    QByteArray asked; ///< what it is
};

class TestConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signedIn();
    void reasonsWhyNot_data();
    void reasonsWhyNot();
    void nobodyListens();
    void noSuchHost();
    void noTls();
    void tokenStaysHomeOnRedirect();
    void tokenThatCannotBeOneIsNotSent();
    void plainHttpToAnotherMachineIsNotTried();
    void longNamesAreCut();
    void aHostThatNamesItsWorkspaceIsToldSo();
    void aNumberThatWasGivenIsNotAskedFor();
    void aHostOfManyWorkspacesGetsNoToken_data();
    void aHostOfManyWorkspacesGetsNoToken();
};

namespace {

const QString Token = u"dapi0123456789abcdef-2"_s;

QByteArray answer(const QByteArray &status, const QByteArray &body, const QByteArray &type = "application/json",
                  const QByteArray &headers = QByteArray())
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

QCoro::Task<void> keep(QCoro::Task<ConnectionReport> task, std::optional<ConnectionReport> *report)
{
    *report = co_await task;
}

ConnectionReport reportOf(const QUrl &host, const QString &token = Token)
{
    QNetworkAccessManager network;
    std::optional<ConnectionReport> report;
    const QCoro::Task<void> keeping = keep(Credentials::testConnection(host, token, &network), &report);
    if (!QTest::qWaitFor([&report] { return report.has_value(); }, 10000))
        qFatal("no report");
    return *report;
}

} // namespace

void TestConnectionTest::signedIn()
{
    CannedServer server(answer("200 OK", R"({"userName":"someone@example.com","id":"12"})"));
    const ConnectionReport report = reportOf(server.url(), u"  "_s + Token + u"\r\n"_s);
    QVERIFY2(report.isOk(), qPrintable(report.message()));
    QCOMPARE(report.user(), u"someone@example.com"_s);
    QCOMPARE(report.message(), u"Signed in as someone@example.com"_s);
    QVERIFY2(server.received.startsWith("GET /api/2.0/preview/scim/v2/Me HTTP/1.1\r\n"), server.received.constData());
    QVERIFY2(server.received.contains("Authorization: Bearer dapi0123456789abcdef-2\r\n"), server.received.constData());
}

void TestConnectionTest::reasonsWhyNot_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words");
    const QByteArray page = "<html><body>Welcome</body></html>";
    QTest::newRow("401") << answer("401 Unauthorized", R"({"error_code":"UNAUTHENTICATED","message":"no"})")
                         << u"did not accept the token"_s;
    QTest::newRow("401, nothing said") << answer("401 Unauthorized", "") << u"did not accept the token"_s;
    QTest::newRow("403, bad token") << answer("403 Forbidden",
                                              R"({"error_code":403,"message":"Invalid access token."})")
                                    << u"did not accept the token"_s;
    QTest::newRow("403") << answer("403 Forbidden", R"({"error_code":"PERMISSION_DENIED","message":"IP blocked"})")
                         << u"does not let it in (IP blocked"_s;
    QTest::newRow("404") << answer("404 Not Found", page, "text/html") << u"not a Databricks workspace"_s;
    QTest::newRow("a web page") << answer("200 OK", page, "text/html") << u"not like a Databricks workspace"_s;
    QTest::newRow("other JSON") << answer("200 OK", "{}") << u"not like a Databricks workspace"_s;
    QTest::newRow("a list") << answer("200 OK", "[1]") << u"not like a Databricks workspace"_s;
    QTest::newRow("name is no text") << answer("200 OK", R"({"userName":5})") << u"not like a Databricks workspace"_s;
    QTest::newRow("name is invisible") << answer("200 OK", R"({"userName":"\u202e\u0007"})")
                                       << u"not like a Databricks workspace"_s;
    QTest::newRow("500") << answer("500 Internal Server Error", R"({"error_code":"X","message":"it broke"})")
                         << u"it broke"_s;
    QTest::newRow("429") << answer("429 Too Many Requests", "{}", "application/json", "Retry-After: 100\r\n")
                         << u"127.0.0.1"_s;
}

void TestConnectionTest::reasonsWhyNot()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, words);
    CannedServer server(answer);
    const ConnectionReport report = reportOf(server.url());
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(words), qPrintable(report.message()));
    QVERIFY2(report.message().contains(u"127.0.0.1"), qPrintable(report.message()));
    QVERIFY2(!report.message().contains(Token), qPrintable(report.message()));
    QCOMPARE(server.received.count("GET /"), 1);
}

void TestConnectionTest::nobodyListens()
{
    QUrl url;
    {
        const CannedServer server{QByteArray()};
        url = server.url();
    }
    const ConnectionReport report = reportOf(url);
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(u"can't be reached"), qPrintable(report.message()));
}

void TestConnectionTest::noSuchHost()
{
    const ConnectionReport report = reportOf(QUrl(u"https://no-such-workspace.invalid"_s));
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(u"no-such-workspace.invalid can't be reached"), qPrintable(report.message()));
}

void TestConnectionTest::noTls()
{
    CannedServer server(answer("200 OK", "{}"));
    connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server] { server.received = "\r\n\r\n"; });
    const ConnectionReport report = reportOf(server.url(u"https"_s));
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(u"not safe, so the token was not sent"), qPrintable(report.message()));
    QVERIFY(!server.received.contains(Token.toLatin1()));
}

void TestConnectionTest::tokenStaysHomeOnRedirect()
{
    CannedServer elsewhere(answer("200 OK", R"({"userName":"someone@example.com"})"));
    CannedServer server(
        answer("302 Found", "", "text/html", "Location: " + elsewhere.url().toEncoded() + "/login\r\n"));
    const ConnectionReport report = reportOf(server.url());
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(u"another address"), qPrintable(report.message()));
    QVERIFY2(elsewhere.received.isEmpty(), elsewhere.received.constData());
}

void TestConnectionTest::tokenThatCannotBeOneIsNotSent()
{
    CannedServer server(answer("200 OK", R"({"userName":"someone@example.com"})"));
    const ConnectionReport report = reportOf(server.url(), u"dapi0123 dapi4567"_s);
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(u"space"), qPrintable(report.message()));
    QVERIFY(server.received.isEmpty());
}

void TestConnectionTest::plainHttpToAnotherMachineIsNotTried()
{
    QVERIFY(!reportOf(QUrl(u"http://192.0.2.1"_s)).isOk());
}

void TestConnectionTest::longNamesAreCut()
{
    CannedServer server(answer("200 OK", R"({"userName":"a\nb)" + QByteArray(5000, 'x') + R"("})"));
    const ConnectionReport report = reportOf(server.url());
    QVERIFY(report.isOk());
    QVERIFY2(report.user().startsWith(u"abxxx") && report.user().size() < 300, qPrintable(report.user()));
}

void TestConnectionTest::aHostThatNamesItsWorkspaceIsToldSo()
{
    CannedServer server(answer("200 OK", R"({"userName":"someone@example.com"})"),
                        answer("200 OK", R"({"workspace_id":"42"})"));
    QVERIFY(reportOf(server.url()).isOk());
    QVERIFY2(server.received.contains("X-Databricks-Workspace-Id: 42\r\n"), server.received.constData());
    QVERIFY2(server.asked.startsWith("GET /.well-known/databricks-config HTTP/1.1\r\n"), server.asked.constData());
    QVERIFY2(!server.asked.contains("Authorization") && !server.asked.contains(Token.toLatin1()),
             server.asked.constData());
}

void TestConnectionTest::aNumberThatWasGivenIsNotAskedFor()
{
    CannedServer server(answer("200 OK", R"({"userName":"someone@example.com"})"),
                        answer("200 OK", R"({"workspace_id":"42"})"));
    QUrl numbered = server.url();
    numbered.setQuery(u"o=7"_s);
    QVERIFY(reportOf(numbered).isOk());
    QVERIFY2(server.received.contains("X-Databricks-Workspace-Id: 7\r\n"), server.received.constData());
    QVERIFY(server.asked.isEmpty());
}

void TestConnectionTest::aHostOfManyWorkspacesGetsNoToken_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("words");
    QTest::newRow("unified") << R"({"host_type":"unified","account_id":"a"})"_ba << u"serves many workspaces"_s;
    QTest::newRow("account") << R"({"host_type":"account","account_id":"a"})"_ba << u"console of an account"_s;
}

void TestConnectionTest::aHostOfManyWorkspacesGetsNoToken()
{
    QFETCH(const QByteArray, document);
    QFETCH(const QString, words);
    CannedServer server(answer("200 OK", R"({"userName":"someone@example.com"})"), answer("200 OK", document));
    const ConnectionReport report = reportOf(server.url());
    QVERIFY(!report.isOk());
    QVERIFY2(report.message().contains(words), qPrintable(report.message()));
    QVERIFY2(report.message().contains(u"127.0.0.1"), qPrintable(report.message()));
    QVERIFY2(server.received.isEmpty(), server.received.constData());
}

QTEST_GUILESS_MAIN(TestConnectionTest)
#include "tst_connectiontest.moc"
