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

// 16 times the work may take 16 times the time, with much to spare: 256 times would be quadratic.
constexpr qint64 Grace = CLOCKS_PER_SEC / 50;

/// The processor's time, not the clock's, of the best of three: other programs' work must not count.
template<typename Work>
qint64 ticks(Work work)
{
    qint64 best = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 3; ++i) {
        const std::clock_t begin = std::clock();
        work();
        best = std::min(best, qint64(std::clock() - begin));
    }
    return best;
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
    void manyArgumentsTakeLinearTime_data();
    void manyArgumentsTakeLinearTime();
    void moreSecretsThanAnybodyHas();
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
    row("within a literal", u"SELECT 'user:joe, pwd:"_s + sharp + u"'"_s, sharp);
    row("private key", u"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"_s, u"MIIE"_s);
    row("private key, cut", u"-----BEGIN PRIVATE KEY-----\nMIIE\nAAAA"_s, u"AAAA"_s);
    row("PGP key", u"-----BEGIN PGP PRIVATE KEY BLOCK-----\nMIIE\n-----END PGP PRIVATE KEY BLOCK-----"_s, u"MIIE"_s);
    row("GitHub", u"ghp_"_s + hex, hex);
    row("GitHub OAuth", u"gho_"_s + hex, hex);
    row("GitHub, fine-grained", u"github_pat_"_s + hex, hex);
    row("GitLab", u"git clone x glpat-"_s + hex.left(20), hex.left(20));
    row("Slack bot", u"xoxb-1234-5678-"_s + hex, hex);
    row("Slack user", u"xoxp-1234-"_s + hex, hex);
    row("Hugging Face", u"login(\"hf_"_s + hex, hex);
    row("npm", u"npm_"_s + hex + u"wxyz"_s, hex);
    row("PyPI", u"pypi-AgEIcHlwaS5vcmc"_s + hex, hex);
    row("SendGrid", u"SG."_s + hex.left(22) + u'.' + hex, hex);
    row("Stripe", u"sk_live_"_s + hex, hex);
    row("OpenAI", u"key=sk-proj-"_s + hex, hex);
    row("Anthropic", u"sk-ant-api03-"_s + hex, hex);
    row("Google", u"AIza"_s + hex + u"abcdef"_s, hex);
    row("AWS", u"'AKIA"_s + u"ABCDEFGH23456789'"_s, u"ABCDEFGH23456789"_s);
    row("AWS, for a time", u"ASIA"_s + u"ABCDEFGH23456789"_s, u"ABCDEFGH23456789"_s);
    row("signature", u"?Expires=1&Signature=aB%2Bc%3D&x=1"_s, u"aB%2Bc"_s);

    const QString s3cr3t = u"s3cr3t"_s;
    row("SQL option", u"OPTIONS (user 'joe', password 's3cr3t', x 'y')"_s, s3cr3t);
    row("SQL option, first", u"OPTIONS (password 's3cr3t')"_s, s3cr3t);
    row("SQL option, upper case", u"OPTIONS(PASSWORD's3cr3t')"_s, s3cr3t);
    row("SQL option on its own line", u"OPTIONS (\n  url 'x',\n  bearer_token 's3cr3t'\n)"_s, s3cr3t);
    row("SQL option in quotes", u"OPTIONS ('password' 's3cr3t')"_s, s3cr3t);
    row("SQL option in backticks", u"OPTIONS (`sfPassword` \"s3cr3t\")"_s, s3cr3t);
    row("SQL option with a sign", u"OPTIONS ('sfPassword' = 's3cr3t')"_s, s3cr3t);
    row("SQL option behind a comment", u"OPTIONS (password /* it's */ 's3cr3t')"_s, s3cr3t);
    row("SQL option behind a line's comment", u"OPTIONS (password -- don't\n 's3cr3t')"_s, s3cr3t);
    row("SQL, quote in the value", u"OPTIONS (password 'a''s3cr3t')"_s, s3cr3t);
    row("SQL, escaped quote in the value", u"OPTIONS (password 'a\\'s3cr3t')"_s, s3cr3t);
    row("SQL, raw", u"OPTIONS (password r's3cr3t')"_s, s3cr3t);
    row("SQL, joined", u"OPTIONS (password 'a' 's3cr3t')"_s, s3cr3t);
    row("SQL, named argument", u"f(api_key => 's3cr3t')"_s, s3cr3t);
    row("SQL, setting", u"SET spark.hadoop.fs.azure.account.key.a.net = s3cr3t"_s, s3cr3t);
    row("SQL, setting, glued", u"SET fs.s3a.secret.key=s3cr3t;"_s, s3cr3t);
    row("account key", u"spark.conf.set(\"fs.azure.account.key.a.dfs.core.windows.net\", \"s3cr3t\")"_s, s3cr3t);
    row("option", u".option(\"password\", \"s3cr3t\")"_s, s3cr3t);
    row("option, over lines", u".option(\n  'sfPassword',\n  's3cr3t')"_s, s3cr3t);
    row("option, raw and joined", u".option('password', r'a' + \"s3cr3t\")"_s, s3cr3t);
    row("option, three quotes", u".option('password', \"\"\"a\"s3cr3t\"\"\")"_s, s3cr3t);
    row("option behind an apostrophe", u"# don't\n.option(\"password\", \"s3cr3t\")"_s, s3cr3t);
    row("environment", u"os.environ[\"AZURE_CLIENT_SECRET\"] = \"s3cr3t\""_s, s3cr3t);
    row("environment, single quotes", u"os.environ['API_KEY']='s3cr3t'"_s, s3cr3t);
    row("environment, a default", u"os.environ.setdefault('X_TOKEN', 's3cr3t')"_s, s3cr3t);
    row("Scala", u"Map(\"password\" -> \"s3cr3t\")"_s, s3cr3t);
    row("assignment to a longer name", u"secret_key_of_prod = 's3cr3t'"_s, s3cr3t);
    row("assignment with a type", u"password: str = 's3cr3t'"_s, s3cr3t);
    row("arguments", u"['--password', 's3cr3t']"_s, s3cr3t);
    row("shell", u"export CLIENT_SECRET=s3cr3t"_s, s3cr3t);
    row("code in JSON", u"{\"code\": \".option(\\\"password\\\", \\\"s3cr3t\\\")\"}"_s, s3cr3t);
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
                            u"UPDATE users SET token = upper(token) WHERE id = 5"_s,
                            u"INSERT INTO t (id, token) VALUES (1, upper('x'))"_s,
                            u"SELECT 'secret' AS kind, 'x' AS name"_s,
                            u"dbutils.secrets.get(scope=\"prod\", key=\"db\")"_s,
                            u"next_page_token = 'abc', secret_scope: 'prod'"_s,
                            u"OPTIONS (user 'joe', url 'jdbc:x')"_s,
                            u"password = '' -- none"_s,
                            u"columns = [\"token\", \"user\"]"_s,
                            u"There is no secret 'db' in scope 'prod'."_s,
                            u"a task-with-a-very-long-name-99, a disk-0123456789-0123456789"_s,
                            u"asiapacificsouthwest"_s,
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
                            u"('password', "_s,
                            u"(password '"_s,
                            u"password -- "_s,
                            u"password /* "_s,
                            u"\\\\\\\"password"_s,
                            u"sk-aaaaaaaaaaaa"_s,
                            u"a.token = b.token "_s,
                            u"set a.b.token "_s,
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
        return ticks([&text] { Text::masked(text); });
    };
    const qint64 small = time(20'000);
    const qint64 large = time(320'000);
    QVERIFY2(large < 80 * small + Grace, qPrintable(u"%1 ticks, then %2"_s.arg(small).arg(large)));
}

void MaskingTest::manyArgumentsTakeLinearTime_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isList");
    QTest::newRow("secrets in a list") << u"password"_s << true;
    QTest::newRow("secrets in an object") << u"password"_s << false;
    QTest::newRow("others in a list") << u"day"_s << true;
    QTest::newRow("others in an object") << u"day"_s << false;
}

/// All that is done with the arguments of a call and what is told of it.
void MaskingTest::manyArgumentsTakeLinearTime()
{
    QFETCH(QString, name);
    QFETCH(bool, isList);
    const auto time = [&](int count) {
        QJsonArray list;
        QJsonObject object;
        QString answer;
        for (int i = 0; i < count; ++i) {
            const QString number = QString::number(i).rightJustified(6, u'0');
            const QString value = u"hunter-"_s + number;
            list.append(QJsonObject{{u"name"_s, name}, {u"value"_s, value}});
            object.insert(name + number, value);
            answer += value + u' ';
        }
        const QJsonObject arguments{{u"parameters"_s, isList ? QJsonValue(list) : QJsonValue(object)}};
        return ticks([&] {
            masked(arguments);
            const QStringList secrets = secretValues(arguments);
            Text::masked(answer, secrets);
            for (int line = 0; line < 5; ++line)
                Text::shownLine(u"a line of progress"_s, 200, secrets);
        });
    };
    const qint64 small = time(1'000);
    const qint64 large = time(16'000);
    QVERIFY2(large < 80 * small + Grace, qPrintable(u"%1 ticks, then %2"_s.arg(small).arg(large)));
}

void MaskingTest::moreSecretsThanAnybodyHas()
{
    QStringList secrets;
    for (int i = 0; i < 1000; ++i)
        secrets.append(u"hunter-%1"_s.arg(i));
    QCOMPARE(Text::masked(u"In hunter-7 we trust"_s, secrets), u"•••"_s);
}

QTEST_GUILESS_MAIN(MaskingTest)
#include "tst_masking.moc"
