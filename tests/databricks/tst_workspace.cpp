#include "databricks/fixture.h"
#include "databricks/outcome.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Databricks::Page;
using Kind = ApiError::Kind;

class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hosts_data();
    void hosts();
    void requestsCarryTokenAndIdentity();
    void bodiesAreJson();
    void deleteHasNoBody();
    void idsStayInTheirSegment();
    void pathsThatLeadElsewhereAreRefused();
    void queryValuesArriveAsTheyAre();
    void bigIntegersStayExact();
    void emptyAnswersAreEmptyObjects();
    void badAnswers_data();
    void badAnswers();
    void compressedAnswers();
    void errorsNameTheRequestAndHideTheToken();
    void answersHideTheToken();
    void badTokensAreNotSent_data();
    void badTokensAreNotSent();
    void noTokenIsNoCredentials();
    void refusedTokenIsRenewedOnce();
    void refusedTokenWithoutAnotherFails();
    void secondRefusalFails();
    void challengesAreJustAnswers();
    void cookiesAreNotKept();
    void redirectToAnotherHostIsNotFollowed();
    void redirectToAnotherPortIsNotFollowed();
    void redirectWithinTheHostIsFollowed();
    void redirectLoopEnds();
    void postRedirectIsNotFollowed();
    void pagesAreRead();
    void listStopsAtTheWantedNumber();
    void emptyPagesAreNotTheEnd();
    void repeatedPageTokenFails();
    void exchangesAreTold();
    void userAgentIsWellFormed();
};

void TestWorkspace::hosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("acceptable");

    QTest::newRow("azure") << u"https://adb-1.2.azuredatabricks.net"_s << true;
    QTest::newRow("slash") << u"https://x.cloud.databricks.com/"_s << true;
    QTest::newRow("port") << u"https://x.example:8443"_s << true;
    QTest::newRow("loopback") << u"http://127.0.0.1:1"_s << true;
    QTest::newRow("loopback 6") << u"http://[::1]:1"_s << true;
    QTest::newRow("localhost") << u"http://localhost:1"_s << true;
    QTest::newRow("plain") << u"http://x.cloud.databricks.com"_s << false;
    QTest::newRow("almost localhost") << u"http://localhost.example"_s << false;
    QTest::newRow("almost loopback") << u"http://127.0.0.1.example"_s << false;
    QTest::newRow("user") << u"https://u:p@x.example"_s << false;
    QTest::newRow("path") << u"https://x.example/api"_s << false;
    QTest::newRow("query") << u"https://x.example/?q=1"_s << false;
    QTest::newRow("workspace's number") << u"https://x.example/?o=1"_s << true;
    QTest::newRow("more than a number") << u"https://x.example/?o=1&q=2"_s << false;
    QTest::newRow("no number") << u"https://x.example/?o=a"_s << false;
    QTest::newRow("fragment") << u"https://x.example/#a"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("ftp") << u"ftp://x.example"_s << false;
    QTest::newRow("no host") << u"https://"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestWorkspace::hosts()
{
    QFETCH(QString, host);
    QFETCH(bool, acceptable);
    QCOMPARE(Databricks::isAcceptableHost(QUrl(host)), acceptable);
    QNetworkAccessManager network;
    const auto tokens = std::make_shared<ListedTokens>(QStringList());
    if (acceptable)
        QCOMPARE(Databricks::Workspace(QUrl(host), tokens, &network, "x").host().path(), QString());
    else
        QVERIFY_EXCEPTION_THROWN(Databricks::Workspace(QUrl(host), tokens, &network, "x"), ApiError);
}

void TestWorkspace::requestsCarryTokenAndIdentity()
{
    Fixture f;
    const auto outcome = outcomeOf(f.workspace.get(u"/api/2.1/clusters/list"_s));
    QVERIFY(outcome.hasValue());
    QCOMPARE(f.server.count(), 1);
    const Received received = f.server.received().first();
    QCOMPARE(received.method, QByteArray("GET"));
    QCOMPARE(received.target, QByteArray("/api/2.1/clusters/list"));
    QCOMPARE(received.header("Authorization"), QByteArray("Bearer ") + secret);
    QCOMPARE(received.header("User-Agent"), QByteArray("bricktray/0.0.0 tests/1"));
    QCOMPARE(received.header("Accept"), QByteArray("application/json"));
    QVERIFY(received.body.isEmpty());
}

void TestWorkspace::bodiesAreJson()
{
    Fixture f;
    const QJsonObject body{{u"cluster_id"_s, u"ünï"_s}, {u"n"_s, qint64(1234567890123456789)}};
    QVERIFY(outcomeOf(f.workspace.post(u"/api/a"_s, body)).hasValue());
    QVERIFY(outcomeOf(f.workspace.patch(u"/api/b"_s, body)).hasValue());
    QVERIFY(outcomeOf(f.workspace.send("PUT", u"/api/c"_s, {}, QJsonDocument(body).toJson(QJsonDocument::Compact)))
                .hasValue());
    QVERIFY(outcomeOf(f.workspace.post(u"/api/d"_s)).hasValue());
    const QList<QByteArray> verbs{"POST", "PATCH", "PUT", "POST"};
    QCOMPARE(f.server.count(), 4);
    for (int i = 0; i < 4; ++i) {
        const Received received = f.server.received().at(i);
        QCOMPARE(received.method, verbs.at(i));
        QCOMPARE(received.header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(received.body, i < 3 ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray("{}"));
    }
    QVERIFY(f.server.received().first().body.contains("1234567890123456789"));
    QCOMPARE(f.server.connections(), 1);
}

void TestWorkspace::deleteHasNoBody()
{
    Fixture f;
    QUrlQuery query;
    Databricks::addQueryItem(query, u"recursive"_s, u"false"_s);
    QVERIFY(outcomeOf(f.workspace.remove(u"/api/2.0/repos/1"_s, query)).hasValue());
    QCOMPARE(f.server.count(), 1);
    QCOMPARE(f.server.received().first().method, QByteArray("DELETE"));
    QCOMPARE(f.server.received().first().target, QByteArray("/api/2.0/repos/1?recursive=false"));
    QVERIFY(f.server.received().first().body.isEmpty());
}

void TestWorkspace::idsStayInTheirSegment()
{
    Fixture f;
    const QStringList ids{u"x?y#z"_s, u"a b"_s, u"50%"_s, u"%2e%2e"_s, u"ü/ö"_s, u"a;b,c"_s, u"...."_s};
    for (const QString &id : ids)
        QVERIFY(outcomeOf(f.workspace.get(u"/api/2.0/jobs/"_s + Databricks::pathSegment(id) + u"/runs"_s)).hasValue());
    QCOMPARE(f.server.count(), ids.size());
    for (int i = 0; i < ids.size(); ++i) {
        const QList<QByteArray> segments = f.server.received().at(i).target.split('/');
        QCOMPARE(segments.size(), 6);
        QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(segments.at(4))), ids.at(i));
    }
    for (const QString &id : {QString(), u"."_s, u".."_s, u"../x"_s, u"a/../b"_s, u"a\\.."_s})
        QVERIFY_EXCEPTION_THROWN(Databricks::pathSegment(id), ApiError);
}

void TestWorkspace::pathsThatLeadElsewhereAreRefused()
{
    Fixture f;
    for (const QString &path : {u"/api/../x"_s, u"/api/%2e%2e/x"_s, u"/api/./x"_s}) {
        const auto outcome = outcomeOf(f.workspace.get(path));
        QCOMPARE(outcome.error().kind(), Kind::BadRequest);
    }
    QCOMPARE(f.server.count(), 0);
    QVERIFY(outcomeOf(f.workspace.get(u"//evil.example/x"_s)).hasValue());
    QVERIFY(outcomeOf(f.workspace.get(u"@evil.example/x?y"_s)).hasValue());
    QCOMPARE(f.server.received().at(0).target, QByteArray("/evil.example/x"));
    QCOMPARE(f.server.received().at(1).target, QByteArray("/@evil.example/x%3Fy"));
}

void TestWorkspace::queryValuesArriveAsTheyAre()
{
    Fixture f;
    const QStringList values{u"a+b"_s, u"a&b=c"_s,   u"#x"_s,  u"100%"_s, u"name LIKE '%ab%'"_s,
                             u"ü ö"_s, u"a;b/c?d"_s, u"\"{}"_s};
    QUrlQuery query;
    for (const QString &value : values)
        Databricks::addQueryItem(query, u"filter_by.x"_s, value);
    query.addQueryItem(u"plain"_s, u"a+b&c#d"_s);
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s, query)).hasValue());

    QStringList arrived;
    const QList<QByteArray> items = f.server.received().first().query().split('&');
    for (const QByteArray &item : items) {
        QVERIFY(!item.contains('+'));
        arrived += QString::fromUtf8(QByteArray::fromPercentEncoding(item.mid(item.indexOf('=') + 1)));
    }
    QCOMPARE(arrived, values + QStringList{u"a+b&c#d"_s});
}

void TestWorkspace::bigIntegersStayExact()
{
    Fixture f;
    f.server.then(Reply::error(200, R"({"job_id":1234567890123456789})"));
    const QJsonObject answer = outcomeOf(f.workspace.get(u"/api/x"_s)).value();
    QCOMPARE(answer[u"job_id"_s].toInteger(), 1234567890123456789);
}

void TestWorkspace::emptyAnswersAreEmptyObjects()
{
    Fixture f;
    f.server.then(Reply::error(200, ""));
    f.server.then(Reply::error(204, "", ""));
    f.server.then(Reply::error(200, " \n"));
    for (int i = 0; i < 3; ++i) {
        const auto outcome = outcomeOf(f.workspace.post(u"/api/x"_s));
        QVERIFY(outcome.hasValue());
        QVERIFY(outcome.value().isEmpty());
    }
}

void TestWorkspace::badAnswers_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");

    QTest::newRow("array") << QByteArray("application/json") << QByteArray("[]") << u"object"_s;
    QTest::newRow("null") << QByteArray("application/json") << QByteArray("null") << u"JSON"_s;
    QTest::newRow("cut") << QByteArray("application/json") << QByteArray(R"({"a":)") << u"JSON"_s;
    QTest::newRow("html") << QByteArray("text/html") << QByteArray("<html>Sign in</html>") << u"login"_s;
    QTest::newRow("untold html") << QByteArray() << QByteArray("<!doctype html>") << u"login"_s;
    QTest::newRow("deep") << QByteArray("application/json") << QByteArray("{\"a\":" + QByteArray(5000, '['))
                          << u"JSON"_s;
    QTest::newRow("too long") << QByteArray("application/json") << QByteArray(2 * 1024 * 1024, ' ') << u"longer"_s;
}

void TestWorkspace::badAnswers()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    Fixture f;
    f.server.then(Reply::error(200, body, contentType));
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::BadAnswer);
    QVERIFY2(outcome.error().message().contains(words), qPrintable(outcome.error().message()));
    QCOMPARE(outcome.error().request(), u"GET /api/x"_s);
    QCOMPARE(f.server.count(), 1);
}

void TestWorkspace::compressedAnswers()
{
    Fixture f;
    const auto deflated = [](qsizetype size) {
        const QJsonObject json{{u"zeros"_s, QString(size, u'0')}};
        const QByteArray body = qCompress(QJsonDocument(json).toJson(), 9).mid(4); // after Qt's own length
        return Reply::error(200, body).with("Content-Encoding: deflate");
    };
    f.server.then(deflated(500'000));
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).value()[u"zeros"_s].toString().size(), 500'000);
    f.server.then(deflated(50'000'000));
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::BadAnswer);
    QCOMPARE(f.server.count(), 2);
}

void TestWorkspace::errorsNameTheRequestAndHideTheToken()
{
    Fixture f(quickPatience(), {u"a-token-of-another-shape"_s});
    f.server.then(
        Reply::error(403, R"({"error_code":"PERMISSION_DENIED","message":"a-token-of-another-shape may not"})"));
    const ApiError error = outcomeOf(f.workspace.post(u"/api/2.1/clusters/start"_s)).error();
    QCOMPARE(error.kind(), Kind::PermissionDenied);
    QCOMPARE(error.request(), u"POST /api/2.1/clusters/start"_s);
    QCOMPARE(error.message(), u"••• may not"_s);
    QCOMPARE(error.status(), 403);
    QCOMPARE(f.exchanges.size(), 1);
    QCOMPARE(f.exchanges.first().error, u"PERMISSION_DENIED: ••• may not"_s);
}

void TestWorkspace::answersHideTheToken()
{
    Fixture f(quickPatience(), {u"a-token-of-another-shape"_s});
    f.server.then(Reply::error(200, R"({"sent":"Bearer a-token-of-another-shape"})"));
    const QJsonObject answer = outcomeOf(f.workspace.get(u"/api/2.0/echo"_s)).value();
    QCOMPARE(answer[u"sent"_s].toString(), u"Bearer "_s + QString(24, u'*'));
}

void TestWorkspace::badTokensAreNotSent_data()
{
    QTest::addColumn<QString>("token");

    QTest::newRow("empty") << QString();
    QTest::newRow("line break") << u"dapi1\r\nX-Evil: 1"_s;
    QTest::newRow("space") << u"dapi 1"_s;
    QTest::newRow("not ASCII") << u"däpi"_s;
}

void TestWorkspace::badTokensAreNotSent()
{
    QFETCH(QString, token);
    Fixture f(quickPatience(), {token});
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::NoCredentials);
    QVERIFY(token.isEmpty() || !outcome.error().text().contains(token));
    QCOMPARE(f.server.count(), 0);
}

void TestWorkspace::noTokenIsNoCredentials()
{
    Fixture f(quickPatience(), {});
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::NoCredentials);
    QCOMPARE(outcome.error().message(), u"No token yet."_s);
    QCOMPARE(f.server.count(), 0);
}

void TestWorkspace::refusedTokenIsRenewedOnce()
{
    Fixture f(quickPatience(), {u"old-token"_s, u"new-token"_s});
    f.server.then(Reply::error(401, R"({"error_code":"UNAUTHENTICATED","message":"expired"})"));
    const QJsonObject body{{u"a"_s, 1}};
    QVERIFY(outcomeOf(f.workspace.post(u"/api/x"_s, body)).hasValue());
    QCOMPARE(f.server.count(), 2);
    QCOMPARE(f.server.received().at(0).header("Authorization"), QByteArray("Bearer old-token"));
    QCOMPARE(f.server.received().at(1).header("Authorization"), QByteArray("Bearer new-token"));
    QCOMPARE(f.server.received().at(1).body, f.server.received().at(0).body);
    QCOMPARE(f.tokens->refusals, QStringList{u"old-token"_s});
}

void TestWorkspace::refusedTokenWithoutAnotherFails()
{
    Fixture f;
    f.server.then(Reply::error(403, R"({"error_code":403,"message":"Invalid access token."})"));
    const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
    QCOMPARE(outcome.error().kind(), Kind::Unauthenticated);
    QCOMPARE(f.server.count(), 1);
    QCOMPARE(f.tokens->refusals.size(), 1);
}

void TestWorkspace::secondRefusalFails()
{
    Fixture f(quickPatience(), {u"one"_s, u"two"_s, u"three"_s, u"four"_s});
    f.server.always([](const Received &) { return Reply::error(401, ""); });
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Unauthenticated);
    QCOMPARE(f.server.count(), 2);
    QCOMPARE(f.tokens->refusals, (QStringList{u"one"_s, u"two"_s}));
}

void TestWorkspace::challengesAreJustAnswers()
{
    Fixture f;
    const Reply refusal = Reply::error(401, R"({"error_code":"UNAUTHENTICATED","message":"expired"})");
    for (const char *scheme :
         {"Basic realm=\"x\"", "Bearer realm=\"x\"", "Negotiate", "Digest realm=\"x\", nonce=\"1\""}) {
        f.server.then(refusal.with(QByteArray("WWW-Authenticate: ") + scheme));
        f.server.then(refusal.with(QByteArray("WWW-Authenticate: ") + scheme));
        const ApiError got = outcomeOf(f.workspace.get(u"/api/x"_s)).error();
        QCOMPARE(got.kind(), Kind::Unauthenticated);
        QCOMPARE(got.message(), u"expired"_s);
        const ApiError posted = outcomeOf(f.workspace.post(u"/api/x"_s)).error();
        QCOMPARE(posted.kind(), Kind::Unauthenticated);
        QCOMPARE(posted.message(), u"expired"_s);
    }
    QCOMPARE(f.server.count(), 8);
}

void TestWorkspace::cookiesAreNotKept()
{
    Fixture f;
    f.server.then(Reply().with("Set-Cookie: session=1; Path=/"));
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s)).hasValue());
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s)).hasValue());
    QCOMPARE(f.server.count(), 2);
    QVERIFY(f.server.received().at(1).header("Cookie").isEmpty());
}

void TestWorkspace::redirectToAnotherHostIsNotFollowed()
{
    Fixture f;
    const QByteArray elsewhere = "http://localhost:" + QByteArray::number(f.server.serverPort()) + "/login?next=x";
    for (const int status : {301, 302, 303, 307, 308}) {
        f.server.then(Reply::error(status, "").with("Location: " + elsewhere));
        const auto outcome = outcomeOf(f.workspace.get(u"/api/x"_s));
        QCOMPARE(outcome.error().kind(), Kind::Redirected);
        QVERIFY(outcome.error().text().contains(u"login page"_s));
        QVERIFY(outcome.error().text().contains(u"private link"_s));
        QVERIFY(!outcome.error().text().contains(u"next=x"_s));
    }
    QCOMPARE(f.server.count(), 5);
}

void TestWorkspace::redirectToAnotherPortIsNotFollowed()
{
    Fixture f;
    ScriptedServer other;
    f.server.then(Reply::error(302, "").with("Location: " + other.url().toEncoded() + "/x"));
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Redirected);
    f.server.then(Reply::error(302, "").with("Location: //u@127.0.0.1:" + QByteArray::number(f.server.serverPort())));
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Redirected);
    QCOMPARE(other.connections(), 0);
    QCOMPARE(f.server.count(), 2);
}

void TestWorkspace::redirectWithinTheHostIsFollowed()
{
    Fixture f;
    f.server.then(Reply::error(307, "").with("Location: /api/y?z=1"));
    f.server.then(Reply::json({{u"ok"_s, true}}));
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s)).value()[u"ok"_s].toBool());
    QCOMPARE(f.server.received().at(1).target, QByteArray("/api/y?z=1"));
    QCOMPARE(f.server.received().at(1).header("Authorization"), QByteArray("Bearer ") + secret);
}

void TestWorkspace::redirectLoopEnds()
{
    Fixture f;
    f.server.always([](const Received &) { return Reply::error(302, "").with("Location: /api/x"); });
    QCOMPARE(outcomeOf(f.workspace.get(u"/api/x"_s)).error().kind(), Kind::Redirected);
    QCOMPARE(f.server.count(), 4);
}

void TestWorkspace::postRedirectIsNotFollowed()
{
    Fixture f;
    for (const int status : {301, 302, 303, 307, 308}) {
        f.server.then(Reply::error(status, "").with("Location: /api/y"));
        const auto outcome = outcomeOf(f.workspace.post(u"/api/x"_s));
        QCOMPARE(outcome.error().kind(), Kind::Redirected);
    }
    QCOMPARE(f.server.count(), 5);
}

void TestWorkspace::pagesAreRead()
{
    Fixture f;
    const QString odd = u"t+/=&%41#"_s;
    f.server.then(Reply::json({{u"items"_s, QJsonArray{1, 2}}, {u"next_page_token"_s, odd}}));
    f.server.then(Reply::json({{u"items"_s, QJsonArray{3}}, {u"next_page_token"_s, QString()}}));
    QUrlQuery query;
    query.addQueryItem(u"page_size"_s, u"2"_s);
    const Page page = outcomeOf(f.workspace.list(u"/api/x"_s, query, u"items"_s, 100)).value();
    QCOMPARE(page.items, (QJsonArray{1, 2, 3}));
    QVERIFY(page.nextPageToken.isEmpty());
    QCOMPARE(f.server.count(), 2);
    QCOMPARE(f.server.received().at(0).query(), QByteArray("page_size=2"));
    QCOMPARE(f.server.received().at(1).query(), "page_size=2&page_token=" + QUrl::toPercentEncoding(odd));
}

void TestWorkspace::listStopsAtTheWantedNumber()
{
    Fixture f;
    int served = 0;
    f.server.always([&served](const Received &) {
        const QString next = u"t%1"_s.arg(++served);
        return Reply::json({{u"items"_s, QJsonArray{served, served}}, {u"next_page_token"_s, next}});
    });
    const Page page = outcomeOf(f.workspace.list(u"/api/x"_s, {}, u"items"_s, 3)).value();
    QCOMPARE(page.items.size(), 4);
    QCOMPARE(page.nextPageToken, u"t2"_s);
    QCOMPARE(served, 2);
    const Page single = outcomeOf(f.workspace.page(u"/api/x"_s, {}, u"items"_s)).value();
    QCOMPARE(single.items.size(), 2);
    QCOMPARE(single.nextPageToken, u"t3"_s);
}

void TestWorkspace::emptyPagesAreNotTheEnd()
{
    Fixture f;
    f.server.then(Reply::json({{u"next_page_token"_s, u"a"_s}}));
    f.server.then(Reply::json({{u"items"_s, QJsonArray()}, {u"next_page_token"_s, u"b"_s}}));
    f.server.then(Reply::json({{u"items"_s, QJsonArray{7}}}));
    QCOMPARE(outcomeOf(f.workspace.list(u"/api/x"_s, {}, u"items"_s, 10)).value().items, QJsonArray{7});
}

void TestWorkspace::repeatedPageTokenFails()
{
    Fixture f;
    int served = 0;
    f.server.always([&served](const Received &) {
        return Reply::json({{u"next_page_token"_s, served++ % 2 ? u"a"_s : u"b"_s}});
    });
    const auto outcome = outcomeOf(f.workspace.list(u"/api/x"_s, {}, u"items"_s, 10));
    QCOMPARE(outcome.error().kind(), Kind::BadAnswer);
    QCOMPARE(outcome.error().request(), u"GET /api/x"_s);
    QCOMPARE(served, 3);
}

void TestWorkspace::exchangesAreTold()
{
    Fixture f;
    f.server.then(Reply::error(503, "", ""));
    f.server.then(Reply::json({{u"a"_s, 1}}));
    QUrlQuery query;
    query.addQueryItem(u"q"_s, u"a b"_s);
    QVERIFY(outcomeOf(f.workspace.get(u"/api/x"_s, query)).hasValue());
    QCOMPARE(f.exchanges.size(), 2);
    QCOMPARE(f.exchanges.at(0).attempt, 1);
    QCOMPARE(f.exchanges.at(0).status, 503);
    QCOMPARE(f.exchanges.at(0).error, u"HTTP 503 Said"_s);
    const Rest::Exchange &last = f.exchanges.at(1);
    QCOMPARE(last.attempt, 2);
    QCOMPARE(last.status, 200);
    QCOMPARE(last.method, u"GET"_s);
    QCOMPARE(last.path, u"/api/x?q=a%20b"_s);
    QCOMPARE(last.bytesReceived, 7);
    QVERIFY(last.error.isEmpty());
    QVERIFY(last.started.isValid());
    QVERIFY(last.duration.count() >= 0);
    QVERIFY(outcomeOf(f.workspace.post(u"/api/x"_s)).hasValue());
    QCOMPARE(f.exchanges.at(2).bytesSent, 2);
}

void TestWorkspace::userAgentIsWellFormed()
{
    static const QRegularExpression form(
        u"^bricktray/0\\.1\\.0 qt/\\d+\\.\\d+\\.\\d+ os/[A-Za-z0-9_.+-]+ auth/oauth-m2m$"_s);
    QVERIFY(form.match(QString::fromLatin1(Databricks::userAgent(u"0.1.0"_s, u"oauth-m2m"_s))).hasMatch());
    QVERIFY(Databricks::userAgent(u"1 \r\n2"_s).startsWith("bricktray/1-2 qt/"));
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
