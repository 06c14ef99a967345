#include "credentials/hostinput.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestHostInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAPersonPastesIsUnderstood_data();
    void whatAPersonPastesIsUnderstood();
    void whatMayNotGetATokenIsRefused_data();
    void whatMayNotGetATokenIsRefused();
};

void TestHostInput::whatAPersonPastesIsUnderstood_data()
{
    const QString azure = u"https://adb-123.4.azuredatabricks.net"_s;
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("host");
    QTest::newRow("bare") << u"adb-123.4.azuredatabricks.net"_s << azure;
    QTest::newRow("url") << azure << azure;
    QTest::newRow("address bar") << u"https://adb-123.4.azuredatabricks.net/?o=1#job/2"_s << azure;
    QTest::newRow("one host, many workspaces")
        << u"https://Acme.databricks.com/browse?x=2&o=123#y"_s << u"https://acme.databricks.com?o=123"_s;
    QTest::newRow("no number") << u"https://acme.databricks.com/?o=12ab"_s << u"https://acme.databricks.com"_s;
    QTest::newRow("path, no scheme") << u"adb-123.4.azuredatabricks.net/browse/folders/5?o=1"_s << azure;
    QTest::newRow("upper case") << u"HTTPS://ADB-123.4.AzureDatabricks.NET/"_s << azure;
    QTest::newRow("space and dot at the end") << u"  adb-123.4.azuredatabricks.net. \n"_s << azure;
    QTest::newRow("url in the query") << u"adb-123.4.azuredatabricks.net/?next=https://x.example/"_s << azure;
    QTest::newRow("aws") << u"example.cloud.databricks.com"_s << u"https://example.cloud.databricks.com"_s;
    QTest::newRow("gcp") << u"1.2.gcp.databricks.com"_s << u"https://1.2.gcp.databricks.com"_s;
    QTest::newRow("a workspace called accounts")
        << u"accounts.dev.example.com"_s << u"https://accounts.dev.example.com"_s;
    QTest::newRow("port") << u"proxy.example.com:8443/x"_s << u"https://proxy.example.com:8443"_s;
    QTest::newRow("usual port") << u"https://adb-123.4.azuredatabricks.net:443/"_s << azure;
    QTest::newRow("loopback") << u"http://127.0.0.1:4711/"_s << u"http://127.0.0.1:4711"_s;
    QTest::newRow("localhost") << u"http://localhost:80"_s << u"http://localhost"_s;
    QTest::newRow("loopback v6") << u"http://[::1]:9/"_s << u"http://[::1]:9"_s;
}

void TestHostInput::whatAPersonPastesIsUnderstood()
{
    QFETCH(const QString, input);
    QString problem = u"old"_s;
    QTEST(Credentials::hostFromInput(input, &problem).toString(QUrl::FullyEncoded), "host");
    QCOMPARE(problem, QString());
}

void TestHostInput::whatMayNotGetATokenIsRefused_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << QString() << u"Enter the address"_s;
    QTest::newRow("spaces") << u"  "_s << u"Enter the address"_s;
    QTest::newRow("scheme alone") << u"https://"_s << u"not an address"_s;
    QTest::newRow("token") << u"dapi0123456789abcdef0123456789abcdef"_s << u"looks like a token"_s;
    QTest::newRow("password") << u"https://secret:word@adb-1.azuredatabricks.net"_s << u"user name"_s;
    QTest::newRow("user") << u"secret@adb-1.azuredatabricks.net"_s << u"user name"_s;
    QTest::newRow("empty user") << u"https://@adb-1.azuredatabricks.net"_s << u"user name"_s;
    QTest::newRow("plain http") << u"http://adb-1.azuredatabricks.net"_s << u"plain http"_s;
    QTest::newRow("not quite loopback") << u"http://127.0.0.1.example.com"_s << u"plain http"_s;
    QTest::newRow("not quite localhost") << u"http://localhost.example.com"_s << u"plain http"_s;
    QTest::newRow("private net") << u"http://192.168.1.1"_s << u"plain http"_s;
    QTest::newRow("ftp") << u"ftp://adb-1.azuredatabricks.net"_s << u"begins with https"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s << u"begins with https"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s << u"not an address"_s;
    QTest::newRow("words") << u"my work space"_s << u"not an address"_s;
    QTest::newRow("line break inside") << u"adb-1.azuredatabricks.net\nx"_s << u"not an address"_s;
    QTest::newRow("backslash") << u"https://adb-1.azuredatabricks.net\\@x"_s << QString();
    QTest::newRow("port out of range") << u"adb-1.azuredatabricks.net:99999"_s << u"not an address"_s;
    QTest::newRow("port 0") << u"adb-1.azuredatabricks.net:0"_s << u"not an address"_s;
    QTest::newRow("account console") << u"https://accounts.cloud.databricks.com/workspaces?o=1"_s
                                     << u"console of an account"_s;
    QTest::newRow("account console, azure") << u"accounts.azuredatabricks.net"_s << u"console of an account"_s;
    QTest::newRow("account console, government") << u"accounts-dod.cloud.databricks.us"_s << u"console of an account"_s;
    QTest::newRow("half a name") << u"adb-1"_s << u"not complete"_s;
    QTest::newRow("dots") << u"https://..."_s << u"not an address"_s;
    QTest::newRow("Cyrillic a") << u"https://\u0430db-1.azuredatabricks.net"_s << QString();
    QTest::newRow("huge") << QString(100000, u'a') + u".net"_s << QString();
}

void TestHostInput::whatMayNotGetATokenIsRefused()
{
    QFETCH(const QString, input);
    QFETCH(const QString, word);
    QString problem;
    QCOMPARE(Credentials::hostFromInput(input, &problem), QUrl());
    QVERIFY(!problem.isEmpty());
    QVERIFY2(problem.contains(word), qPrintable(problem));
    QVERIFY2(!problem.contains(u"secret") && !problem.contains(u"dapi"), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestHostInput)
#include "tst_hostinput.moc"
