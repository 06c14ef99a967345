#include "calls/masking.h"
#include "common/secrets.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using Calls::masked;
using Calls::secretValues;

namespace {

// Put together at run time, so that no scanner takes this file for a leak.
const QString hex = u"0123456789abcdef"_s.repeated(2);
const QString pat = u"dapi"_s + hex;
const QString jwt = u"ey"_s + u"JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.SflKxwRJSMeKKF2QT4"_s;
const QString sharp = u"hunter2-Hunter2"_s;

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

class MaskingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretInText_data();
    void secretInText();
    void ordinaryTextStays_data();
    void ordinaryTextStays();
    void secretKey_data();
    void secretKey();
    void ordinaryKeyStays_data();
    void ordinaryKeyStays();
    void nestedArguments();
    void secretsOfEveryType();
    void namedArguments();
    void tokenAsAKey();
    void parameterThatNamesASecret();
    void repeatedSecret();
    void shownLines_data();
    void shownLines();
    void hostileTextTakesLinearTime_data();
    void hostileTextTakesLinearTime();
};

void MaskingTest::secretInText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");

    const auto row = [](const char *name, const QString &text, const QString &secret) {
        QTest::newRow(name) << text << secret;
    };
    row("token alone", pat, hex);
    row("token with suffix", pat + u"-2"_s, u"-2"_s);
    row("token in upper case", pat.toUpper(), hex.toUpper());
    row("token in a word", u"x"_s + pat + u"y"_s, hex);
    row("two tokens", pat + u' ' + pat, hex);
    row("token after an unpaired surrogate", QString(QChar(0xd800)) + pat, hex);
    row("token among line feeds", u"a\n"_s + pat + u"\r\nb"_s, hex);
    row("token in SQL", u"SELECT '"_s + pat + u"' AS t"_s, hex);
    row("dkea", u"dkea"_s + hex, hex);
    row("OAuth secret", u"dose"_s + hex, hex);
    row("bearer", u"Bearer xyz"_s, u"xyz"_s);
    row("bearer header", u"Authorization: Bearer a.b-c_d~e+f/g=="_s, u"a.b-c"_s);
    row("bearer in lower case", u"curl -H 'authorization:bearer s3cr3t'"_s, u"s3cr3t"_s);
    row("bearer over lines", u"Bearer\n\t s3cr3t"_s, u"s3cr3t"_s);
    row("basic header", u"Authorization: Basic dXNlcjpwYXNzd29yZA=="_s, u"dXNlc"_s);
    row("access key", u"bricktray_AbCdEf-123_456"_s, u"AbCdEf"_s);
    row("JWT", jwt, u"SflKx"_s);
    row("JWT without its end", jwt.left(30), u"hbGci"_s);
    row("JWT in an address", u"https://x/?t="_s + jwt + u"&y=1"_s, u"zdWIi"_s);
    row("address with password", u"https://user:pa@ss@host/x"_s, u"pa"_s);
    row("address with token", u"https://s3cr3t@git.example/x"_s, u"s3cr3t"_s);
    row("JDBC address", u"jdbc:postgresql://joe:s3cr3t@db:5432/x"_s, u"s3cr3t"_s);
    row("SAS", u"https://a.blob.core.windows.net/c?sv=1&sig=aB%2Bc%3D&se=2"_s, u"aB%2Bc"_s);
    row("presigned", u"https://s3/x?X-Amz-Signature=deadbeef&X-Amz-Date=1"_s, u"deadbeef"_s);
    row("presigned, in lower case", u"https://s3/x?x-amz-security-token=Fwo1&y"_s, u"Fwo1"_s);
    row("signature encoded", u"u=https%3A%2F%2Fx%3Fsig%3DaBcD"_s, u"aBcD"_s);
    row("JSON", u"{\"client_secret\": \""_s + sharp + u"\"}"_s, sharp);
    row("JSON, quote in the value", u"{\"password\":\"a\\\""_s + sharp + u"\"}"_s, sharp);
    row("JSON in JSON", u"\"{\\\"password\\\":\\\""_s + sharp + u"\\\"}\""_s, sharp);
    row("JSON in JSON, quote in the value", u"{\\\"token\\\":\\\"a\\\\\\\""_s + sharp + u"\\\"}"_s, sharp);
    row("Python", u"dict = {'password': '"_s + sharp + u"'}"_s, sharp);
    row("assignment", u"api_key = \""_s + sharp + u"\""_s, sharp);
    row("query", u"/x?access_token="_s + sharp + u"&y=1"_s, sharp);
    row("connection string", u"AccountName=x;AccountKey="_s + sharp + u";y"_s, sharp);
    row("YAML", u"password: "_s + sharp, sharp);
    row("private key", u"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"_s, u"MIIE"_s);
    row("private key, cut", u"-----BEGIN PRIVATE KEY-----\nMIIE\nAAAA"_s, u"AAAA"_s);
    row("GitHub", u"ghp_"_s + hex, hex);
}

void MaskingTest::secretInText()
{
    QFETCH(QString, text);
    QFETCH(QString, secret);
    QVERIFY(text.contains(secret));
    const QString hidden = Text::masked(text);
    QVERIFY2(!hidden.contains(secret), qPrintable(hidden));
    QVERIFY2(hidden.contains(u"•••"_s), qPrintable(hidden));
    QCOMPARE(Text::masked(hidden), hidden);
    // The same inside arguments.
    const QString arguments = compact(masked({{u"list"_s, QJsonArray{QJsonObject{{u"x"_s, text}}}}}));
    QVERIFY2(!arguments.contains(secret), qPrintable(arguments));
}

void MaskingTest::ordinaryTextStays_data()
{
    QTest::addColumn<QString>("text");

    const QStringList texts{u"Cluster 0123-456789-abcdef12 is RUNNING."_s,
                            u"abfss://container@account.dfs.core.windows.net/x"_s,
                            u"https://adb-1.azuredatabricks.net:443/?o=1#a@b"_s,
                            u"mail joe@example.com: ok"_s,
                            u"The token was refused: create a new one."_s,
                            u"SELECT a.token FROM a JOIN b ON a.token = b.token"_s,
                            u"Basic authentication is off"_s,
                            u"dapi is a prefix, dapi1234 too short"_s,
                            u"design=x&config=y"_s,
                            u"grüße 🎉 •••"_s,
                            QString()};
    for (const QString &text : texts)
        QTest::newRow(qPrintable(text)) << text;
}

void MaskingTest::ordinaryTextStays()
{
    QFETCH(QString, text);
    QCOMPARE(Text::masked(text), text);
}

void MaskingTest::secretKey_data()
{
    QTest::addColumn<QString>("key");

    for (const char *key : {"token",
                            "TOKEN",
                            "access_token",
                            "accessToken",
                            "password",
                            "PassWord",
                            "db-password",
                            "secret",
                            "client_secret",
                            "clientSecret",
                            "string_value",
                            "stringValue",
                            "bytes_value",
                            "private_key",
                            "privateKeyPem",
                            "Authorization",
                            "api_key",
                            "API-Key",
                            "apikey",
                            "access_key",
                            "aws.access.key.id",
                            "credentials",
                            "fs.azure.account.key.x"})
        QTest::newRow(key) << QString::fromUtf8(key);
    QTest::newRow("zero width") << u"pass\u200bword"_s;
    QTest::newRow("full width") << u"ｔｏｋｅｎ"_s;
}

void MaskingTest::secretKey()
{
    QFETCH(QString, key);
    QCOMPARE(masked({{key, sharp}}).value(key), QJsonValue(u"•••"_s));
}

void MaskingTest::ordinaryKeyStays_data()
{
    QTest::addColumn<QString>("key");

    for (const char *key : {"page_token", "next_page_token", "idempotency_token", "max_tokens", "key", "scope",
                            "cluster_id", "primary_key", "path", "statement", "value", "name"})
        QTest::newRow(key) << QString::fromUtf8(key);
}

void MaskingTest::ordinaryKeyStays()
{
    QFETCH(QString, key);
    QCOMPARE(masked({{key, sharp}}).value(key), QJsonValue(sharp));
    // An innocent name does not protect a token.
    QCOMPARE(masked({{key, pat}}).value(key), QJsonValue(u"•••"_s));
}

void MaskingTest::nestedArguments()
{
    const QJsonObject inner{{u"password"_s, sharp}, {u"user"_s, u"joe"_s}};
    const QJsonArray list{QJsonArray{inner}, pat, 5, true};
    const QJsonObject hidden = masked({{u"a"_s, QJsonObject{{u"list"_s, list}}}});

    const QJsonObject hiddenInner{{u"password"_s, u"•••"_s}, {u"user"_s, u"joe"_s}};
    const QJsonArray hiddenList{QJsonArray{hiddenInner}, u"•••"_s, 5, true};
    const QJsonObject expected{{u"a"_s, QJsonObject{{u"list"_s, hiddenList}}}};
    QCOMPARE(hidden, expected);
}

void MaskingTest::secretsOfEveryType()
{
    const QJsonObject hidden = masked({{u"password"_s, 123456},
                                       {u"secrets"_s, QJsonArray{sharp}},
                                       {u"credential"_s, QJsonObject{{u"x"_s, sharp}}},
                                       {u"token"_s, QJsonValue::Null}});
    const QJsonObject expected{{u"password"_s, u"•••"_s},
                               {u"secrets"_s, u"•••"_s},
                               {u"credential"_s, u"•••"_s},
                               {u"token"_s, QJsonValue::Null}};
    QCOMPARE(hidden, expected);
}

void MaskingTest::namedArguments()
{
    const QJsonObject hidden =
        masked({{u"Payload"_s, sharp}, {u"deep"_s, QJsonObject{{u"payload"_s, 1}}}}, {u"payload"_s});
    const QJsonObject expected{{u"Payload"_s, u"•••"_s}, {u"deep"_s, QJsonObject{{u"payload"_s, u"•••"_s}}}};
    QCOMPARE(hidden, expected);
}

void MaskingTest::tokenAsAKey()
{
    QVERIFY(!compact(masked({{pat, 1}})).contains(hex));
}

void MaskingTest::parameterThatNamesASecret()
{
    const QJsonArray parameters{QJsonObject{{u"name"_s, u"db_password"_s}, {u"value"_s, sharp}},
                                QJsonObject{{u"name"_s, u"day"_s}, {u"value"_s, u"monday"_s}}};
    const QString hidden = compact(masked({{u"parameters"_s, parameters}}));
    QVERIFY2(!hidden.contains(sharp), qPrintable(hidden));
    QVERIFY2(hidden.contains(u"monday"_s), qPrintable(hidden));
}

void MaskingTest::repeatedSecret()
{
    const QJsonObject arguments{{u"scope"_s, u"production"_s},
                                {u"string_value"_s, sharp},
                                {u"payload"_s, QJsonArray{QString(sharp + u"-longer"_s), u"short"_s}}};
    const QStringList secrets = secretValues(arguments, {u"payload"_s});
    const QStringList expected{sharp + u"-longer"_s, sharp};
    QCOMPARE(secrets, expected);
    QCOMPARE(Text::masked(u"In production: "_s + sharp + u"-longer, "_s + sharp + u", "_s + pat, secrets),
             u"In production: •••, •••, •••"_s);
}

void MaskingTest::shownLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");

    QTest::newRow("plain") << u"cursor-vscode 1.0.0"_s << u"cursor-vscode 1.0.0"_s;
    QTest::newRow("control") << u"cur\u0000sor\u001b[31m\u0007"_s << u"cursor[31m"_s;
    QTest::newRow("lines") << u"a\nb\r\n\tc\u2028d"_s << u"a b c d"_s;
    QTest::newRow("bidi") << u"\u202etxt.exe\u202c \u2066x\u2069\u200f\u061c"_s << u"txt.exe x"_s;
    QTest::newRow("tag characters") << u"a\U000e0041b"_s << u"ab"_s;
    QTest::newRow("token split by what nobody sees") << pat.left(20) + u"\u200b"_s + pat.mid(20) << u"•••"_s;
    QTest::newRow("right to left script") << u"שלום 1"_s << u"שלום 1"_s;
    QTest::newRow("too long") << u"0123456789"_s.repeated(3) << u"0123456789012345678…"_s;
    QTest::newRow("too long, at a pair") << u"012345678901234567🎉🎉🎉"_s << u"012345678901234567🎉…"_s;
}

void MaskingTest::shownLines()
{
    QFETCH(QString, text);
    QFETCH(QString, line);
    QCOMPARE(Text::shownLine(text, 20), line);
}

void MaskingTest::hostileTextTakesLinearTime_data()
{
    QTest::addColumn<QString>("unit");

    const QStringList units{u"eyJ"_s,
                            u"xeyJ"_s,
                            u"://a:"_s,
                            u"://"_s,
                            u"https://a"_s,
                            u"token"_s,
                            u"token "_s,
                            u"token=\""_s,
                            u"\\\""_s,
                            u"a"_s,
                            u"Bearer "_s,
                            u"Bearer x "_s,
                            u"-----BEGIN PRIVATE KEY-----"_s,
                            u"authorization"_s,
                            u"password\":\"\\"_s,
                            u"dapi"_s,
                            pat + u' ',
                            u"@"_s,
                            u" "_s};
    for (const QString &unit : units)
        QTest::newRow(qPrintable(unit)) << unit;
}

void MaskingTest::hostileTextTakesLinearTime()
{
    QFETCH(QString, unit);
    const auto time = [&unit](qsizetype characters) {
        const QString text = unit.repeated(characters / unit.size());
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 3; ++i) {
            // The processor's time, not the clock's: other programs' work must not count.
            const std::clock_t begin = std::clock();
            Text::masked(text);
            best = std::min(best, qint64(std::clock() - begin));
        }
        return best;
    };
    const qint64 small = time(20'000);
    const qint64 large = time(320'000);
    // 16 times the text: 256 times the time would be quadratic.
    const qint64 grace = CLOCKS_PER_SEC / 50;
    QVERIFY2(large < 80 * small + grace, qPrintable(u"%1 ticks, then %2"_s.arg(small).arg(large)));
}

QTEST_GUILESS_MAIN(MaskingTest)
#include "tst_masking.moc"
