#include "databricks/apierror.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Kind = ApiError::Kind;

Q_DECLARE_METATYPE(Databricks::ApiError::Kind)

class TestApiError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void everyKindButCancelledHasAdvice();
    void textJoinsMessageCodeAndAdvice();
    void requestHasNoHost();
    void hostileMessages_data();
    void hostileMessages();
    void longMessagesAreCut();
};

void TestApiError::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");

    const QByteArray json = "application/json";
    const auto row = [](const char *name, int status, const QByteArray &type, const QByteArray &body, Kind kind,
                        const QString &code, const QString &message) {
        QTest::newRow(name) << status << type << body << kind << code << message;
    };
    row("envelope", 404, json, R"({"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No cluster x","details":[]})",
        Kind::NotFound, u"RESOURCE_DOES_NOT_EXIST"_s, u"No cluster x"_s);
    row("code wins over status", 400, json, R"({"error_code":"INVALID_STATE","message":"Cluster is RUNNING"})",
        Kind::InvalidState, u"INVALID_STATE"_s, u"Cluster is RUNNING"_s);
    row("quirk of clusters/get", 400, json,
        R"({"error_code":"INVALID_PARAMETER_VALUE","message":"Cluster 1-2-x does not exist"})", Kind::NotFound,
        u"INVALID_PARAMETER_VALUE"_s, u"Cluster 1-2-x does not exist"_s);
    row("bad parameter", 400, json, R"({"error_code":"INVALID_PARAMETER_VALUE","message":"num_workers < 0"})",
        Kind::BadRequest, u"INVALID_PARAMETER_VALUE"_s, u"num_workers < 0"_s);
    row("old 1.2", 500, json, R"({"error":"ContextNotFound"})", Kind::ServerFault, QString(), u"ContextNotFound"_s);
    row("oauth", 401, json, R"({"error":"invalid_token","error_description":"Token is gone"})", Kind::Unauthenticated,
        u"invalid_token"_s, u"Token is gone"_s);
    row("error object", 404, json, R"({"error":{"code":"NOT_FOUND","message":"No endpoint"}})", Kind::NotFound,
        u"NOT_FOUND"_s, u"No endpoint"_s);
    row("scim", 404, json, R"({"detail":"User not found","status":"404","scimType":"noTarget"})", Kind::NotFound,
        u"SCIM_404"_s, u"noTarget: User not found"_s);
    row("empty detail", 400, json, R"({"detail":[],"error_code":"BAD_REQUEST","message":"No such column"})",
        Kind::BadRequest, u"BAD_REQUEST"_s, u"No such column"_s);
    row("scim, numbers", 409, json, R"({"detail":"exists","status":409})", Kind::Conflict, u"SCIM_409"_s, u"exists"_s);
    row("text", 400, "text/plain", "ALREADY_EXISTS: there is one\nalready", Kind::Conflict, u"ALREADY_EXISTS"_s,
        u"there is one\nalready"_s);
    row("plain words", 502, "text/plain", "upstream connect error", Kind::ServerFault, QString(),
        u"upstream connect error"_s);
    row("html with pre", 403, "text/html;charset=utf-8",
        "<html><title>Error 403</title><p>Reason:\n<pre>    Not &lt;you&gt;.</pre></p></html>", Kind::PermissionDenied,
        QString(), u"Not <you>."_s);
    row("html without pre", 502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>",
        Kind::ServerFault, QString(), u"502 Bad Gateway"_s);
    row("html with nothing", 500, "text/html", "<html></html>", Kind::ServerFault, QString(), u"HTTP 500 Oh"_s);
    row("empty", 409, "", "", Kind::Conflict, QString(), u"HTTP 409 Oh"_s);
    row("array", 400, json, "[1]", Kind::BadRequest, QString(), u"[1]"_s);
    row("cut JSON", 400, json, R"({"error_code":"INVAL)", Kind::BadRequest, QString(), u"{\"error_code\":\"INVAL"_s);
    row("refused token", 403, json, R"({"error_code":403,"message":"Invalid access token."})", Kind::Unauthenticated,
        QString(), u"Invalid access token."_s);
    row("refused token, html", 403, "text/html", "<pre>    Invalid access token.</pre>", Kind::Unauthenticated,
        QString(), u"Invalid access token."_s);
    row("unknown code", 429, json, R"({"error_code":"NEW_CODE","message":"m"})", Kind::RateLimited, u"NEW_CODE"_s,
        u"m"_s);
    row("quota", 400, json, R"({"error_code":"RESOURCE_EXHAUSTED","message":"m"})", Kind::RateLimited,
        u"RESOURCE_EXHAUSTED"_s, u"m"_s);
    row("503", 503, json, R"({"error_code":"TEMPORARILY_UNAVAILABLE","message":"m"})", Kind::Unavailable,
        u"TEMPORARILY_UNAVAILABLE"_s, u"m"_s);
    row("504", 504, "", "", Kind::Unavailable, QString(), u"HTTP 504 Oh"_s);
    row("501", 501, "", "", Kind::ServerFault, QString(), u"HTTP 501 Oh"_s);
    row("418", 418, "", "", Kind::BadRequest, QString(), u"HTTP 418 Oh"_s);
}

void TestApiError::answers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    const ApiError error = ApiError::fromAnswer(status, contentType, body, u"Oh"_s);
    QTEST(error.kind(), "kind");
    QTEST(error.errorCode(), "code");
    QTEST(error.message(), "message");
    QCOMPARE(error.status(), status);
}

void TestApiError::everyKindButCancelledHasAdvice()
{
    // What the person forbids says itself who can allow it.
    for (int kind = 0; kind < int(Kind::Forbidden); ++kind)
        QVERIFY2(!ApiError(Kind(kind), u"m"_s).advice().isEmpty(), qPrintable(QString::number(kind)));
    QVERIFY(ApiError(Kind::Cancelled, u"m"_s).advice().isEmpty());
}

void TestApiError::textJoinsMessageCodeAndAdvice()
{
    const ApiError coded = ApiError::fromAnswer(400, "application/json",
                                                R"({"error_code":"DIRECTORY_NOT_EMPTY","message":"Not empty."})", {});
    QCOMPARE(coded.text(), u"Not empty (DIRECTORY_NOT_EMPTY). Delete its contents first, or delete recursively."_s);
    QCOMPARE(ApiError(Kind::Cancelled, u"The request was cancelled"_s).text(), u"The request was cancelled."_s);
}

void TestApiError::requestHasNoHost()
{
    ApiError error(Kind::NotFound, u"No such job"_s);
    error.setRequest(u"GET /api/2.2/jobs/get"_s);
    QCOMPARE(error.request(), u"GET /api/2.2/jobs/get"_s);
    QCOMPARE(QByteArray(error.what()), QByteArray("GET /api/2.2/jobs/get: No such job"));
}

void TestApiError::hostileMessages_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("shown");

    QTest::newRow("token") << u"got dapi0123456789abcdef0123456789abcdef-2, sorry"_s << u"got •••, sorry"_s;
    QTest::newRow("oauth secret") << u"dose0123456789abcdef0123456789abcdef"_s << u"•••"_s;
    QTest::newRow("bearer") << u"Authorization: Bearer abc.def-ghi=="_s << u"Authorization: Bearer •••"_s;
    QTest::newRow("jwt") << u"x eyJhbGciOiJI.eyJzdWIiOiIx.c2ln y"_s << u"x ••• y"_s;
    QTest::newRow("bidi") << u"a\u202Eb\u2066c\u200Fd"_s << u"abcd"_s;
    QTest::newRow("invisible tags") << u"a\U000E0041\uFEFF\u200Bb"_s << u"ab"_s;
    QTest::newRow("control") << u"a\u0000b\u001B[31mc\rd\n\te"_s << u"ab[31mcd\n\te"_s;
    QTest::newRow("hidden in a token") << u"dapi0123456789abcdef\u200B0123456789abcdef"_s << u"•••"_s;
    QTest::newRow("languages") << u"Größe 日本 \U0001F600"_s << u"Größe 日本 \U0001F600"_s;
}

void TestApiError::hostileMessages()
{
    QFETCH(QString, said);
    QFETCH(QString, shown);
    QCOMPARE(ApiError(Kind::BadRequest, said).message(), shown);
}

void TestApiError::longMessagesAreCut()
{
    const QString message = ApiError(Kind::BadRequest, QString(100000, u'é')).message();
    QVERIFY(message.toUtf8().size() <= 4096);
    QVERIFY(message.toUtf8().size() > 4000);
    QVERIFY(message.endsWith(u'…'));
}

QTEST_GUILESS_MAIN(TestApiError)
#include "tst_apierror.moc"
