#include "sample/workspaceclient.h"

#include "sample/controls/testcontrols.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace {

const QString me = u"/api/2.0/preview/scim/v2/Me"_s;
const QString list = u"/api/2.1/clusters/list"_s;

} // namespace

class tst_SampleWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsWhoAsks();
    void asksForACredential_data();
    void asksForACredential();
    void refusesEverythingWithoutATokenOfItsOwn();
    void knowsWhatItDoesNotHave_data();
    void knowsWhatItDoesNotHave();
    void refusesBodiesThatAreNoJsonObject_data();
    void refusesBodiesThatAreNoJsonObject();
    void recordsWhatWasAsked();
    void refuses_data();
    void refuses();
    void suffersAFaultAsOftenAsAsked();
    void suffersOnlyWhereAsked();
    void doesNotSufferInItsControls();
    void answersLate();
    void resets();
    void hangsUntilCleared();
    void hangsForATime();
    void cutsAnswersShort();
    void breaksJson();
    void losesAnswers();
    void answersWithPages_data();
    void answersWithPages();
    void refusesUnknownFaults();
    void survivesEndingWhileWorkIsDue();
    void saysWhyItCannotListen();

private:
    WorkspaceClient &client() { return *m_client; }
    void ask(const QJsonObject &fault) { QCOMPARE(client().post(u"/sample/faults"_s, fault).status, 200); }

    std::unique_ptr<Sample::SampleWorkspace> m_workspace;
    std::unique_ptr<WorkspaceClient> m_client;
};

void tst_SampleWorkspace::init()
{
    m_workspace =
        std::make_unique<Sample::SampleWorkspace>("sesame", Sample::Tempo(), std::make_unique<Sample::TestControls>());
    QVERIFY2(m_workspace->listen(), qPrintable(m_workspace->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_workspace->url(), "Bearer sesame");
}

void tst_SampleWorkspace::cleanup()
{
    m_client.reset();
    m_workspace.reset();
}

void tst_SampleWorkspace::tellsWhoAsks()
{
    const Answer answer = client().get(me);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Type").startsWith("application/json"));
    QVERIFY(answer.header("X-Databricks-Org-Id").toLongLong() > 0);
    QCOMPARE(answer.text("userName"_L1), u"maria.santos@example.com"_s);
    QCOMPARE(answer.text("displayName"_L1), u"Maria Santos"_s);
    QVERIFY(!answer.text("id"_L1).isEmpty());
    QCOMPARE(m_workspace->token(), "sesame"_ba);
}

void tst_SampleWorkspace::asksForACredential_data()
{
    QTest::addColumn<QByteArray>("credential");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const QString none = u"Credential was not sent or was of an unsupported type for this API."_s;
    QTest::newRow("none") << QByteArray() << u"401"_s << none;
    QTest::newRow("basic") << "Basic c2VzYW1l"_ba << u"401"_s << none;
    QTest::newRow("wrong") << "Bearer open"_ba << u"UNAUTHENTICATED"_s << u"Invalid access token."_s;
    QTest::newRow("longer") << "Bearer sesame1"_ba << u"UNAUTHENTICATED"_s << u"Invalid access token."_s;
    QTest::newRow("empty") << "Bearer "_ba << u"401"_s << none;
}

void tst_SampleWorkspace::asksForACredential()
{
    QFETCH(QByteArray, credential);
    WorkspaceClient stranger(m_workspace->url(), credential);
    const Answer answer = stranger.get(me);
    QCOMPARE(answer.status, 401);
    QTEST(answer.errorCode(), "code");
    QTEST(answer.message(), "message");
}

void tst_SampleWorkspace::refusesEverythingWithoutATokenOfItsOwn()
{
    Sample::SampleWorkspace closed("");
    QVERIFY(closed.listen());
    WorkspaceClient stranger(closed.url(), "Bearer x");
    QCOMPARE(stranger.get(me).status, 401);
    WorkspaceClient nobody(m_workspace->url(), {});
    for (const QString &path : {u"/sample/requests"_s, list, u"/elsewhere"_s})
        QCOMPARE(nobody.get(path).status, 401);
    QCOMPARE(nobody.post(u"/sample/faults"_s, QJsonObject{{u"path"_s, u"*"_s}, {u"fault"_s, u"hang"_s}}).status, 401);
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::knowsWhatItDoesNotHave_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("message");
    QTest::newRow("top") << "GET"_ba << u"/x"_s << u"No API found for 'GET /x'"_s;
    QTest::newRow("api") << "GET"_ba << u"/api/2.0/no/such"_s << u"No API found for 'GET /no/such'"_s;
    QTest::newRow("method") << "POST"_ba << list << u"No API found for 'POST /clusters/list'"_s;
    QTest::newRow("version") << "GET"_ba << u"/api/2.0/clusters/list"_s << u"No API found for 'GET /clusters/list'"_s;
    QTest::newRow("longer") << "GET"_ba << list + u"/more"_s << u"No API found for 'GET /clusters/list/more'"_s;
    QTest::newRow("control") << "PATCH"_ba << u"/sample/faults"_s << u"No API found for 'PATCH /sample/faults'"_s;
}

void tst_SampleWorkspace::knowsWhatItDoesNotHave()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    const Answer answer = client().send(method, path, {}, {});
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.errorCode(), u"ENDPOINT_NOT_FOUND"_s);
    QTEST(answer.message(), "message");
}

void tst_SampleWorkspace::refusesBodiesThatAreNoJsonObject_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("cut") << "{\"cluster_id\": "_ba;
    QTest::newRow("array") << "[1, 2]"_ba;
    QTest::newRow("text") << "cluster_id=1"_ba;
    QTest::newRow("not UTF-8") << "{\"cluster_id\": \"\xff\xfe\"}"_ba;
}

void tst_SampleWorkspace::refusesBodiesThatAreNoJsonObject()
{
    QFETCH(QByteArray, body);
    const Answer answer = client().post(u"/api/2.1/clusters/start"_s, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"MALFORMED_REQUEST"_s);
    QVERIFY(answer.message().startsWith("Invalid JSON"_L1));
}

void tst_SampleWorkspace::recordsWhatWasAsked()
{
    client().get(list, QUrlQuery{{u"page_size"_s, u"3"_s}, {u"filter_by.cluster_states"_s, u"RUNNING"_s}});
    const QJsonObject body{{u"cluster_id"_s, u"nobody"_s}};
    client().post(u"/api/2.1/clusters/start"_s, body);
    client().post(u"/api/2.1/clusters/start"_s, "half {"_ba);

    const Answer answer = client().get(u"/sample/requests"_s);
    const QJsonArray requests = answer.json().value("requests"_L1).toArray();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests[0]["method"_L1].toString(), u"GET"_s);
    QCOMPARE(requests[0]["path"_L1].toString(), list);
    QCOMPARE(requests[0]["query"_L1].toString(), u"page_size=3&filter_by.cluster_states=RUNNING"_s);
    QCOMPARE(requests[1]["method"_L1].toString(), u"POST"_s);
    QCOMPARE(requests[1]["body"_L1].toObject(), body);
    QCOMPARE(requests[2]["body"_L1].toString(), u"half {"_s);
    QVERIFY(!answer.body.contains("sesame"));

    QCOMPARE(client().remove(u"/sample/requests"_s).status, 200);
    QVERIFY(client().get(u"/sample/requests"_s).json().value("requests"_L1).toArray().isEmpty());
}

void tst_SampleWorkspace::refuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("rate_limit") << 429 << u"REQUEST_LIMIT_EXCEEDED"_s;
    QTest::newRow("unavailable") << 503 << u"TEMPORARILY_UNAVAILABLE"_s;
    QTest::newRow("unauthorized") << 401 << u"UNAUTHENTICATED"_s;
    QTest::newRow("forbidden") << 403 << u"PERMISSION_DENIED"_s;
}

void tst_SampleWorkspace::refuses()
{
    const QString kind = QString::fromLatin1(QTest::currentDataTag());
    ask({{u"path"_s, me}, {u"fault"_s, kind}, {u"retry_after"_s, 7}});
    const Answer answer = client().get(me);
    QTEST(answer.status, "status");
    QTEST(answer.errorCode(), "code");
    QVERIFY(!answer.message().isEmpty());
    QCOMPARE(answer.header("Retry-After"), "7"_ba);
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::suffersAFaultAsOftenAsAsked()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"unavailable"_s}, {u"times"_s, 2}});
    ask({{u"path"_s, me}, {u"fault"_s, u"rate_limit"_s}});
    QList<int> statuses;
    for (int i = 0; i < 4; ++i)
        statuses.append(client().get(me).status);
    QCOMPARE(statuses, (QList<int>{503, 503, 429, 200}));

    ask({{u"path"_s, me}, {u"fault"_s, u"unavailable"_s}, {u"after"_s, 2}});
    statuses.clear();
    for (int i = 0; i < 4; ++i)
        statuses.append(client().get(me).status);
    QCOMPARE(statuses, (QList<int>{200, 200, 503, 200}));

    ask({{u"path"_s, me}, {u"fault"_s, u"unavailable"_s}, {u"times"_s, -1}});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client().get(me).status, 503);
    QCOMPARE(client().remove(u"/sample/faults"_s).status, 200);
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::suffersOnlyWhereAsked()
{
    ask({{u"path"_s, u"/api/2.1/*"_s}, {u"method"_s, u"POST"_s}, {u"fault"_s, u"forbidden"_s}});
    QCOMPARE(client().get(me).status, 200);
    QCOMPARE(client().get(list).status, 200);
    QCOMPARE(client().post(u"/api/2.1/clusters/start"_s, QJsonObject()).status, 403);
    QCOMPARE(client().post(u"/api/2.1/clusters/start"_s, QJsonObject()).status, 400);
}

void tst_SampleWorkspace::doesNotSufferInItsControls()
{
    ask({{u"path"_s, u"*"_s}, {u"fault"_s, u"unavailable"_s}, {u"times"_s, -1}});
    QCOMPARE(client().get(u"/sample/requests"_s).status, 200);
    QCOMPARE(client().get(list).status, 503);
    QCOMPARE(client().get(u"/api/9.9/anything"_s).status, 503);
    QCOMPARE(client().remove(u"/sample/faults"_s).status, 200);
}

void tst_SampleWorkspace::answersLate()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, 250}});
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(client().get(me).text("displayName"_L1), u"Maria Santos"_s);
    // Coarse timers may fire 5 % early.
    QVERIFY2(clock.elapsed() >= 235, qPrintable(QString::number(clock.elapsed())));
}

void tst_SampleWorkspace::resets()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"reset"_s}});
    QCOMPARE(client().rawGet(me), QByteArray());
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::hangsUntilCleared()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"hang"_s}, {u"times"_s, 2}});
    QTcpSocket waiting;
    QTcpSocket leaving;
    for (QTcpSocket *socket : {&waiting, &leaving}) {
        socket->connectToHost(m_workspace->url().host(), quint16(m_workspace->url().port()));
        socket->write("GET " + me.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sesame\r\n\r\n");
    }
    const auto asked = [&] { return client().get(u"/sample/requests"_s).json().value("requests"_L1).toArray().size(); };
    QTRY_COMPARE(asked(), 2);
    leaving.abort();
    QCOMPARE(waiting.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(client().remove(u"/sample/faults"_s).status, 200);
    QTRY_COMPARE(waiting.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(waiting.readAll(), QByteArray());
}

void tst_SampleWorkspace::hangsForATime()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"hang"_s}, {u"milliseconds"_s, 150}});
    QCOMPARE(client().rawGet(me), QByteArray());
}

void tst_SampleWorkspace::cutsAnswersShort()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"truncated"_s}});
    const QByteArray answer = client().rawGet(me);
    const qsizetype bodyAt = answer.indexOf("\r\n\r\n") + 4;
    const qsizetype lengthAt = answer.indexOf("Content-Length: ") + 16;
    const qsizetype announced = answer.mid(lengthAt, answer.indexOf('\r', lengthAt) - lengthAt).toInt();
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
    QVERIFY(bodyAt > 4 && answer.size() > bodyAt);
    QVERIFY2(announced > answer.size() - bodyAt, answer.constData());
}

void tst_SampleWorkspace::breaksJson()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"bad_json"_s}});
    const Answer answer = client().get(me);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.error, QNetworkReply::NoError);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(QJsonDocument::fromJson(answer.body).isNull());
}

void tst_SampleWorkspace::losesAnswers()
{
    const QJsonObject scope{{u"scope"_s, u"lost"_s}};
    const QString create = u"/api/2.0/secrets/scopes/create"_s;
    ask({{u"path"_s, create}, {u"fault"_s, u"lost_answer"_s}, {u"times"_s, -1}});
    QCOMPARE(client().post(create, scope).status, 0);
    QCOMPARE(client().remove(u"/sample/faults"_s).status, 200);
    QCOMPARE(client().post(create, scope).errorCode(), u"RESOURCE_ALREADY_EXISTS"_s);
}

void tst_SampleWorkspace::answersWithPages_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("server_error") << 500;
    QTest::newRow("login_redirect") << 302;
    QTest::newRow("login_page") << 200;
}

void tst_SampleWorkspace::answersWithPages()
{
    ask({{u"path"_s, me}, {u"fault"_s, QString::fromLatin1(QTest::currentDataTag())}});
    const Answer page = client().get(me);
    QTEST(page.status, "status");
    QVERIFY(QJsonDocument::fromJson(page.body).isNull());
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::refusesUnknownFaults()
{
    const auto asked = [&](const QJsonObject &fault) { return client().post(u"/sample/faults"_s, fault); };
    QCOMPARE(asked({{u"path"_s, me}, {u"fault"_s, u"earthquake"_s}}).errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    QCOMPARE(asked({{u"fault"_s, u"hang"_s}}).message(), u"Missing required field: path"_s);
    QCOMPARE(asked({{u"path"_s, me}, {u"fault"_s, u"hang"_s}, {u"times"_s, 1.5}}).status, 400);
    QCOMPARE(client().get(me).status, 200);
}

void tst_SampleWorkspace::survivesEndingWhileWorkIsDue()
{
    ask({{u"path"_s, me}, {u"fault"_s, u"hang"_s}});
    ask({{u"path"_s, me}, {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, 50}});
    QTcpSocket sockets[2];
    for (QTcpSocket &socket : sockets) {
        socket.connectToHost(m_workspace->url().host(), quint16(m_workspace->url().port()));
        socket.write("GET " + me.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sesame\r\n\r\n");
    }
    const auto asked = [&] { return client().get(u"/sample/requests"_s).json().value("requests"_L1).toArray().size(); };
    QTRY_COMPARE(asked(), 2);
    m_workspace.reset();
    for (const QTcpSocket &socket : sockets)
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void tst_SampleWorkspace::saysWhyItCannotListen()
{
    Sample::SampleWorkspace second("sesame");
    QVERIFY(!second.listen(quint16(m_workspace->url().port())));
    QVERIFY(!second.errorString().isEmpty());
}

QTEST_GUILESS_MAIN(tst_SampleWorkspace)
#include "tst_sampleworkspace.moc"
