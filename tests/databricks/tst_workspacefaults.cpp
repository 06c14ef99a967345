#include "databricks/fixture.h"
#include "databricks/outcome.h"

#include "databricks/retry.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Kind = ApiError::Kind;
using Manner = Reply::Manner;

Q_DECLARE_METATYPE(Reply::Manner)

/// Lost connections, busy workspaces, slow answers, cancelled calls.
class TestWorkspaceFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesArriveOnce_data();
    void changesArriveOnce();
    void changesArriveOnceOnAStaleConnection();
    void readsAreRepeated_data();
    void readsAreRepeated();
    void readsAreNotRepeatedForEver();
    void zeroBudgetMeansNoRetry();
    void busyWorkspaceIsAskedAgain_data();
    void busyWorkspaceIsAskedAgain();
    void retryAfterIsHonoured();
    void retryAfterBeyondTheBudgetFailsAtOnce();
    void budgetEnds();
    void retryAfterForms();
    void otherServerFaultsAreNotRepeated();
    void passingFaultsAreRepeatedForReads();
    void truncatedAnswerOfAChange();
    void garbageArrivesOnceAndFails();
    void refusedConnectionIsTriedThreeTimes();
    void unknownHostIsTriedOnce();
    void timeoutOfAChange();
    void timeoutCoversTheWholeAnswer();
    void endlessAnswerIsCutOff();
    void cancelledInFlight();
    void cancelledWhileWaiting();
    void cancelledBefore();
    void uncancellableIsNotAbortedButNotTriedAgain();
    void nothingOutlastsTheCall();
    void cancelledFromTheObserver();
    void managerGoesFirst();
    void parallelRequestsDoNotMix();
    void untrustedCertificate();
};

using Verb = QCoro::Task<QJsonObject> (*)(const Databricks::Workspace &);

namespace {

QCoro::Task<QJsonObject> put(Databricks::Workspace workspace, QString path, QByteArray body)
{
    const Databricks::Content content = co_await workspace.send("PUT", path, {}, body);
    co_return QJsonDocument::fromJson(content.bytes).object();
}

} // namespace

Q_DECLARE_METATYPE(Verb)

void TestWorkspaceFaults::changesArriveOnce_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<Manner>("manner");

    const QHash<QByteArray, Verb> verbs{
        {"POST",
         [](const Databricks::Workspace &w) {
             return w.post(u"/api/x"_s, {{u"a"_s, 1}});
         }},
        {"empty POST", [](const Databricks::Workspace &w) { return w.post(u"/api/x"_s); }},
        {"PATCH",
         [](const Databricks::Workspace &w) {
             return w.patch(u"/api/x"_s, {{u"a"_s, 1}});
         }},
        {"PUT", [](const Databricks::Workspace &w) { return put(w, u"/api/x"_s, "{\"a\":1}"); }},
        {"DELETE", [](const Databricks::Workspace &w) { return w.remove(u"/api/x"_s); }}};
    for (auto verb = verbs.begin(); verb != verbs.end(); ++verb) {
        QTest::addRow("%s, closed", verb.key().constData()) << verb.value() << Manner::CloseEarly;
        QTest::addRow("%s, reset", verb.key().constData()) << verb.value() << Manner::Reset;
    }
}

void TestWorkspaceFaults::changesArriveOnce()
{
    QFETCH(Verb, verb);
    QFETCH(Manner, manner);
    Fixture f;
    f.server.always([manner](const Received &) { return Reply::of(manner); });
    const auto outcome = outcomeOf(verb(f.workspace));
    QCOMPARE(outcome.error().kind(), Kind::Unreachable);
    QVERIFY2(outcome.error().text().contains(u"may or may not"_s), qPrintable(outcome.error().text()));
    QCOMPARE(f.server.count(), 1);
    QCOMPARE(f.exchanges.size(), 1);
    QVERIFY(f.exchanges.first().error.contains(u"lost"_s));
}

void TestWorkspaceFaults::changesArriveOnceOnAStaleConnection()
{
    Fixture f;
    QVERIFY(outcomeOf(f.workspace.post(u"/api/warm"_s)).hasValue());
    f.server.always([](const Received &) { return Reply::of(Manner::Reset); });
    QCOMPARE(outcomeOf(f.workspace.post(u"/api/x"_s)).error().kind(), Kind::Unreachable);
    QCOMPARE(f.server.connections(), 1);
    QCOMPARE(f.server.count(), 2);

    // Closed by the server while idle: whether the client has noticed or not, it arrives at most once.
    f.server.always({});
    QVERIFY(outcomeOf(f.workspace.post(u"/api/warm"_s)).hasValue());
    const int before = f.server.count();
    Outcome<QJsonObject> outcome(f.workspace.post(u"/api/y"_s));
    f.server.closeConnections();
    outcome.wait();
    QVERIFY(f.server.count() <= before + 1);
    QCOMPARE(outcome.hasValue(), f.server.count() == before + 1);
}

void TestWorkspaceFaults::readsAreRepeated_data()
{
    QTest::addColumn<Manner>("manner");

    QTest::newRow("closed") << Manner::CloseEarly;
    QTest::newRow("reset") << Manner::Reset;
    QTest::newRow("truncated") << Manner::Truncated;
    QTest::newRow("timeout") << Manner::Stall;
}

void TestWorkspaceFaults::readsAreRepeated()
{
    QFETCH(Manner, manner);
    Databricks::RetryPolicy patience = quickPatience();
    patience.requestTimeout = 200ms;
    Fixture f(patience);
    Reply fault = Reply::json({{u"text"_s, QString(2000, u'x')}});
    fault.manner = manner;
    int faults = 0;
    // Qt itself may repeat a GET, so the fault lasts until the client has seen it once.
    f.server.always([&](const Received &) {
        return f.exchanges.isEmpty() ? (++faults, fault) : Reply::json({{u"a"_s, 1}});
    });
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QVERIFY(outcome.hasValue());
    QCOMPARE(outcome.value()[u"a"_s].toInt(), 1);
    QVERIFY(faults >= 1);
    QCOMPARE(f.exchanges.size(), 2);
    QVERIFY(!f.exchanges.first().error.isEmpty());
}

void TestWorkspaceFaults::readsAreNotRepeatedForEver()
{
    Fixture f;
    f.server.always([](const Received &) { return Reply::of(Manner::CloseEarly); });
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Unreachable);
    QVERIFY(!outcome.error().text().contains(u"may or may not"_s));
    QCOMPARE(f.exchanges.size(), 4);
}

void TestWorkspaceFaults::zeroBudgetMeansNoRetry()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.retryBudget = 0ms;
    Fixture f(patience);
    f.server.always([](const Received &) { return Reply::error(503, ""); });
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Unavailable);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::busyWorkspaceIsAskedAgain_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Verb>("verb");

    for (const int status : {429, 503}) {
        QTest::addRow("%d GET", status) << status
                                        << Verb([](const Databricks::Workspace &w) { return w.get(u"/api/x"_s); });
        QTest::addRow("%d POST", status) << status << Verb([](const Databricks::Workspace &w) {
            return w.post(u"/api/x"_s, {{u"a"_s, 1}});
        });
        QTest::addRow("%d DELETE", status)
            << status << Verb([](const Databricks::Workspace &w) { return w.remove(u"/api/x"_s); });
    }
}

void TestWorkspaceFaults::busyWorkspaceIsAskedAgain()
{
    QFETCH(int, status);
    QFETCH(Verb, verb);
    Fixture f;
    f.server.then(Reply::error(status, ""));
    f.server.then(Reply::error(status, "").with("Retry-After: nonsense"));
    f.server.then(Reply::error(status, "").with("Retry-After: -5"));
    f.server.then(Reply::error(status, "").with("Retry-After: 0"));
    QVERIFY(outcomeOf(verb(f.workspace)).hasValue());
    QCOMPARE(f.server.count(), 5);
    for (const Received &received : f.server.received())
        QCOMPARE(received.body, f.server.received().first().body);
}

void TestWorkspaceFaults::retryAfterIsHonoured()
{
    Fixture f;
    f.server.then(Reply::error(429, "").with("Retry-After: 1"));
    QVERIFY(outcomeOf(f.workspace.post(u"/api/x"_s)).hasValue());
    QCOMPARE(f.server.count(), 2);
    QVERIFY(f.server.received().at(1).atMs - f.server.received().at(0).atMs >= 950);
}

void TestWorkspaceFaults::retryAfterBeyondTheBudgetFailsAtOnce()
{
    Fixture f;
    f.server.then(Reply::error(429, R"({"error_code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"})")
                      .with("Retry-After: 99999999999"));
    QElapsedTimer timer;
    timer.start();
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::RateLimited);
    QCOMPARE(outcome.error().message(), u"slow down"_s);
    QVERIFY(timer.elapsed() < 2000);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::budgetEnds()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.retryBudget = 200ms;
    patience.retryStep = 20ms;
    Fixture f(patience);
    f.server.always([](const Received &) { return Reply::error(503, ""); });
    QCOMPARE(outcomeOf(f.workspace.post(u"/api/x"_s)).error().kind(), Kind::Unavailable);
    QVERIFY(f.server.count() > 1);
    QVERIFY(f.server.count() <= 11);
    QVERIFY(f.server.received().last().atMs - f.server.received().first().atMs <= 400);
}

void TestWorkspaceFaults::retryAfterForms()
{
    using Databricks::readRetryAfter;
    QCOMPARE(readRetryAfter("7"), std::optional(std::chrono::milliseconds(7s)));
    QCOMPARE(readRetryAfter(" 7 "), std::optional(std::chrono::milliseconds(7s)));
    QVERIFY(!readRetryAfter("0"));
    QVERIFY(!readRetryAfter("-1"));
    QVERIFY(!readRetryAfter(""));
    QVERIFY(!readRetryAfter("soon"));
    QVERIFY(!readRetryAfter("Wed, 21 Oct 2015 07:28:00 GMT"));
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(90);
    const QByteArray date = QLocale::c().toString(later, u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1() + " GMT";
    const auto wait = readRetryAfter(date);
    QVERIFY(wait);
    QVERIFY(*wait > 85s && *wait <= 90s);
}

void TestWorkspaceFaults::otherServerFaultsAreNotRepeated()
{
    Fixture f;
    for (const int status : {500, 501, 502, 504, 404, 400}) {
        f.server.then(Reply::error(status, ""));
        QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s)).hasError());
    }
    QCOMPARE(f.server.count(), 6);
}

void TestWorkspaceFaults::passingFaultsAreRepeatedForReads()
{
    const Reply fault = Reply::error(400, R"({"error_code":"BAD_REQUEST","message":"ClusterNotReadyException: wait"})");
    Fixture f;
    f.server.then(fault);
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s)).hasValue());
    QCOMPARE(f.server.count(), 2);
    f.server.then(fault);
    QCOMPARE(outcomeOf(f.workspace.post(u"/api/x"_s)).error().kind(), Kind::BadRequest);
    QCOMPARE(f.server.count(), 3);
}

void TestWorkspaceFaults::truncatedAnswerOfAChange()
{
    Fixture f;
    Reply cut = Reply::json({{u"run_id"_s, 1234567}, {u"text"_s, QString(2000, u'x')}});
    cut.manner = Manner::Truncated;
    f.server.always([cut](const Received &) { return cut; });
    const auto outcome = outcomeOf(f.workspace.post(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::BadAnswer);
    QVERIFY(outcome.error().text().contains(u"may or may not"_s));
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::garbageArrivesOnceAndFails()
{
    // Qt tells what is not HTTP from a lost connection no further.
    QTcpServer server;
    int received = 0;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &received] {
            received += int(socket->readAll().count("POST /"));
            socket->write("SSH-2.0-OpenSSH_9.2\r\n\r\nnot HTTP at all\r\n\r\n");
        });
    });
    QNetworkAccessManager network;
    const auto tokens = std::make_shared<ListedTokens>(QStringList{u"token"_s});
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    const Databricks::Workspace workspace(url, tokens, &network, "x", quickPatience());
    const auto outcome = outcomeOf(workspace.post(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Unreachable);
    QCOMPARE(received, 1);
}

void TestWorkspaceFaults::refusedConnectionIsTriedThreeTimes()
{
    Fixture f;
    f.server.close();
    const auto outcome = outcomeOf(f.workspace.post(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Unreachable);
    QVERIFY(outcome.error().message().contains(u"refused"_s));
    QVERIFY(!outcome.error().message().contains(u"may or may not"_s));
    QCOMPARE(f.exchanges.size(), 3);
    QCOMPARE(f.exchanges.last().attempt, 3);
}

void TestWorkspaceFaults::unknownHostIsTriedOnce()
{
    QNetworkAccessManager network;
    const auto tokens = std::make_shared<ListedTokens>(QStringList{u"token"_s});
    int exchanges = 0;
    const Databricks::Workspace workspace =
        Databricks::Workspace(QUrl(u"https://no-such-host.invalid"_s), tokens, &network, "x", quickPatience())
            .forCall([&exchanges](const Rest::Exchange &) { ++exchanges; }, {});
    const auto outcome = outcomeOf(workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Unreachable);
    QVERIFY(outcome.error().text().contains(u"no-such-host.invalid"_s));
    QCOMPARE(exchanges, 1);
}

void TestWorkspaceFaults::timeoutOfAChange()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.requestTimeout = 100ms;
    Fixture f(patience);
    f.server.always([](const Received &) { return Reply::of(Manner::Stall); });
    const auto outcome = outcomeOf(f.workspace.post(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Timeout);
    QVERIFY(outcome.error().text().contains(u"0.1 s"_s));
    QVERIFY(outcome.error().text().contains(u"may or may not"_s));
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::timeoutCoversTheWholeAnswer()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.requestTimeout = 300ms;
    patience.retryBudget = 0ms;
    Fixture f(patience);
    f.server.then(Reply::of(Manner::Trickle));
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Timeout);
}

void TestWorkspaceFaults::endlessAnswerIsCutOff()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.answerBytes = 5;
    Fixture f(patience);
    f.server.then(Reply::of(Manner::Trickle));
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::BadAnswer);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::cancelledInFlight()
{
    Fixture f;
    f.server.then(Reply::of(Manner::Stall));
    Outcome<QJsonObject> outcome(f.workspace.post(u"/api/x"_s));
    QTRY_COMPARE(f.server.count(), 1);
    f.stop.request_stop();
    QVERIFY(!outcome.isDone());
    QCOMPARE(outcome.wait(500).error().kind(), Kind::Cancelled);
    QCOMPARE(f.server.count(), 1);
    QCOMPARE(f.exchanges.size(), 1);
}

void TestWorkspaceFaults::cancelledWhileWaiting()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.retryBudget = 100s;
    Fixture f(patience);
    f.server.always([](const Received &) { return Reply::error(429, "").with("Retry-After: 60"); });
    Outcome<QJsonObject> outcome(f.workspace.get(u"/api/x"_s));
    QTRY_COMPARE(f.exchanges.size(), 1);
    f.stop.request_stop();
    QCOMPARE(outcome.wait(500).error().kind(), Kind::Cancelled);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::cancelledBefore()
{
    Fixture f;
    f.stop.request_stop();
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Cancelled);
    QCOMPARE(f.server.connections(), 0);
}

void TestWorkspaceFaults::uncancellableIsNotAbortedButNotTriedAgain()
{
    Fixture f;
    f.server.then(Reply::of(Manner::Stall));
    Outcome<QJsonObject> stalled(f.workspace.uncancellable().post(u"/api/x"_s));
    QTRY_COMPARE(f.server.count(), 1);
    f.stop.request_stop();
    QCOMPARE(stalled.wait(5000).error().kind(), Kind::Timeout);
    QCOMPARE(outcomeOf(f.workspace.uncancellable().post(u"/api/x"_s)).error().kind(), Kind::Cancelled);
    QCOMPARE(f.server.count(), 1);

    Databricks::RetryPolicy patience = quickPatience();
    patience.retryBudget = 100s;
    Fixture busy(patience);
    busy.server.always([](const Received &) { return Reply::error(429, "").with("Retry-After: 60"); });
    Outcome<QJsonObject> waits(busy.workspace.uncancellable().post(u"/api/x"_s));
    QTRY_COMPARE(busy.exchanges.size(), 1);
    busy.stop.request_stop();
    QCOMPARE(waits.wait(500).error().kind(), Kind::Cancelled);
    QCOMPARE(busy.server.count(), 1);
}

void TestWorkspaceFaults::nothingOutlastsTheCall()
{
    Databricks::RetryPolicy patience = quickPatience();
    patience.requestTimeout = 60s;
    patience.retryBudget = 100s;
    Fixture f(patience);
    const Databricks::Workspace hurried = f.workspace.forCall({}, {}, QDeadlineTimer(300ms));
    f.server.then(Reply::of(Manner::Stall));
    QCOMPARE(outcomeOf(hurried.get(u"/api/x"_s)).error().kind(), Kind::Timeout);
    QCOMPARE(outcomeOf(hurried.post(u"/api/x"_s)).error().kind(), Kind::Timeout);
    QCOMPARE(f.server.count(), 1);

    const Databricks::Workspace refused = f.workspace.forCall({}, {}, QDeadlineTimer(5s));
    f.server.always([](const Received &) { return Reply::error(429, "").with("Retry-After: 60"); });
    QCOMPARE(outcomeOf(refused.get(u"/api/x"_s)).error().kind(), Kind::RateLimited);
}

void TestWorkspaceFaults::cancelledFromTheObserver()
{
    Fixture f;
    const Databricks::Workspace workspace =
        f.workspace.forCall([&f](const Rest::Exchange &) { f.stop.request_stop(); }, f.stop.get_token());
    f.server.always([](const Received &) { return Reply::error(503, ""); });
    QCOMPARE(outcomeOf(workspace.get(u"/api/x"_s)).error().kind(), Kind::Cancelled);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspaceFaults::managerGoesFirst()
{
    ScriptedServer server;
    server.then(Reply::of(Manner::Stall));
    server.then(Reply::error(503, "").with("Retry-After: 2"));
    auto network = std::make_unique<QNetworkAccessManager>();
    const auto tokens = std::make_shared<ListedTokens>(QStringList{u"token"_s});
    const Databricks::Workspace workspace(server.url(), tokens, network.get(), "x", quickPatience());
    int told = 0;
    const Databricks::Workspace watched = workspace.forCall([&told](const Rest::Exchange &) { ++told; }, {});
    Outcome<QJsonObject> inFlight(workspace.get(u"/api/x"_s));
    QTRY_COMPARE(server.count(), 1);
    Outcome<QJsonObject> waiting(watched.get(u"/api/y"_s));
    QTRY_COMPARE(told, 1);
    network.reset();
    QVERIFY(inFlight.isDone());
    QVERIFY(waiting.isDone());
    QCOMPARE(inFlight.error().kind(), Kind::Cancelled);
    QCOMPARE(waiting.error().kind(), Kind::Cancelled);
    QCOMPARE(outcomeOf(workspace.get(u"/api/z"_s)).error().kind(), Kind::Cancelled);
}

void TestWorkspaceFaults::parallelRequestsDoNotMix()
{
    Fixture f;
    f.server.always([](const Received &received) {
        return Reply::json({{u"n"_s, QString::fromLatin1(received.path()).section(u'/', -1)}});
    });
    QList<Outcome<QJsonObject>> outcomes;
    for (int n = 0; n < 40; ++n)
        outcomes.append(Outcome<QJsonObject>(f.workspace.get(u"/api/%1"_s.arg(n))));
    for (int n = 0; n < 40; ++n)
        QCOMPARE(outcomes[n].wait().value()[u"n"_s].toString(), QString::number(n));
}

void TestWorkspaceFaults::untrustedCertificate()
{
    const QString openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (openssl.isEmpty() || !QSslSocket::supportsSsl())
        QSKIP("needs the openssl program and a TLS backend");
    const QTemporaryDir dir;
    const QStringList arguments{u"req"_s,
                                u"-x509"_s,
                                u"-newkey"_s,
                                u"ec"_s,
                                u"-pkeyopt"_s,
                                u"ec_paramgen_curve:prime256v1"_s,
                                u"-nodes"_s,
                                u"-days"_s,
                                u"2"_s,
                                u"-subj"_s,
                                u"/CN=Inspecting Proxy"_s,
                                u"-keyout"_s,
                                dir.filePath(u"key.pem"_s),
                                u"-out"_s,
                                dir.filePath(u"cert.pem"_s)};
    QProcess maker;
    maker.start(openssl, arguments);
    QVERIFY(maker.waitForFinished());
    QCOMPARE(maker.exitCode(), 0);
    QFile key(dir.filePath(u"key.pem"_s));
    QVERIFY(key.open(QIODevice::ReadOnly));
    QSslConfiguration configuration;
    configuration.setLocalCertificate(QSslCertificate::fromPath(dir.filePath(u"cert.pem"_s)).value(0));
    configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray heard;
    connect(&server, &QSslServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &heard] { heard += socket->readAll(); });
    });

    QNetworkAccessManager network;
    const auto tokens = std::make_shared<ListedTokens>(QStringList{u"token"_s});
    const QUrl url(u"https://127.0.0.1:%1"_s.arg(server.serverPort()));
    const Databricks::Workspace workspace(url, tokens, &network, "x", quickPatience());
    const auto outcome = outcomeOf(workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Tls);
    QVERIFY2(outcome.error().text().contains(u"Inspecting Proxy"_s), qPrintable(outcome.error().text()));
    QVERIFY(outcome.error().text().contains(u"root certificate"_s));
    QVERIFY(heard.isEmpty());
}

QTEST_GUILESS_MAIN(TestWorkspaceFaults)
#include "tst_workspacefaults.moc"
