#include "credentials/environment.h"
#include "credentials/profile.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Credentials::EnvironmentProfile;
using Credentials::Profile;
using Credentials::Profiles;

class TestProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void savedProfilesComeBack();
    void withoutAnyTheActiveOneIsEmpty();
    void hostInTheFileIsCheckedLikeInput();
    void keychainKeyChangesWithTheHost();
    void environmentIsAbsent();
    void environmentIsComplete();
    void environmentNamesOneWorkspaceOfAHost();
    void environmentWithAProblem_data();
    void environmentWithAProblem();
};

namespace {

Profile example(const QString &name)
{
    Profile profile;
    profile.name = name;
    profile.host = QUrl(u"https://adb-1.2.azuredatabricks.net"_s);
    profile.defaultClusterId = u"0101-120000-abcdefgh"_s;
    profile.defaultWarehouseId = u"0123456789abcdef"_s;
    profile.tokenStored = true;
    return profile;
}

} // namespace

void TestProfile::init()
{
    for (const char *name : {"DATABRICKS_HOST", "DATABRICKS_TOKEN", "DATABRICKS_CLUSTER_ID", "DATABRICKS_WAREHOUSE_ID"})
        qunsetenv(name);
}

void TestProfile::savedProfilesComeBack()
{
    QTemporaryDir folder;
    {
        Settings::Store store(folder.path());
        Profiles profiles(&store);
        profiles.save(example(u"default"_s));
        profiles.save(example(u"Büro / two"_s));
        store.setValue(Settings::Key::ActiveProfile, u"Büro / two"_s);
    }
    Settings::Store store(folder.path());
    const Profiles profiles(&store);
    QCOMPARE(profiles.names(), QStringList({u"Büro / two"_s, u"default"_s}));
    QCOMPARE(profiles.profile(u"default"_s), example(u"default"_s));
    QCOMPARE(profiles.active(), example(u"Büro / two"_s));
    QVERIFY(profiles.active().isComplete());
}

void TestProfile::withoutAnyTheActiveOneIsEmpty()
{
    QTemporaryDir folder;
    Settings::Store store(folder.path());
    QCOMPARE(Profiles(&store).active(), Profile());
    QVERIFY(!Profiles(&store).active().isComplete());
}

void TestProfile::hostInTheFileIsCheckedLikeInput()
{
    QTemporaryDir folder;
    {
        QSettings file(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
        file.setValue(u"Profiles/default/Host"_s, u"http://adb-1.azuredatabricks.net"_s);
        file.setValue(u"Profiles/other/Host"_s, u"ADB-1.azuredatabricks.net/?o=1"_s);
    }
    Settings::Store store(folder.path());
    const Profiles profiles(&store);
    QVERIFY(!profiles.active().isComplete());
    QCOMPARE(profiles.profile(u"other"_s).host, QUrl(u"https://adb-1.azuredatabricks.net"_s));
}

void TestProfile::keychainKeyChangesWithTheHost()
{
    Profile profile = example(u"default"_s);
    QCOMPARE(profile.keychainKey(), u"default@adb-1.2.azuredatabricks.net"_s);
    profile.host = QUrl(u"http://127.0.0.1:4711"_s);
    QCOMPARE(profile.keychainKey(), u"default@127.0.0.1:4711"_s);
    profile.host = QUrl(u"https://acme.databricks.com?o=1"_s);
    QCOMPARE(profile.keychainKey(), u"default@acme.databricks.com?o=1"_s);
    profile.host = QUrl(u"https://acme.databricks.com?o=2"_s);
    QCOMPARE(profile.keychainKey(), u"default@acme.databricks.com?o=2"_s);
}

void TestProfile::environmentIsAbsent()
{
    qputenv("DATABRICKS_CLUSTER_ID", "0101-120000-abcdefgh");
    const EnvironmentProfile found = Credentials::profileFromEnvironment();
    QVERIFY(!found.isComplete());
    QCOMPARE(found.problem, QString());
}

void TestProfile::environmentIsComplete()
{
    qputenv("DATABRICKS_HOST", "https://ADB-1.2.azuredatabricks.net/?o=1");
    qputenv("DATABRICKS_TOKEN", " dapi0123\n");
    qputenv("DATABRICKS_CLUSTER_ID", "0101-120000-abcdefgh");
    qputenv("DATABRICKS_WAREHOUSE_ID", "0123456789abcdef");
    const EnvironmentProfile found = Credentials::profileFromEnvironment();
    QVERIFY2(found.isComplete(), qPrintable(found.problem));
    QCOMPARE(found.profile.host, QUrl(u"https://adb-1.2.azuredatabricks.net"_s));
    QCOMPARE(found.token, u"dapi0123"_s);
    QCOMPARE(found.profile.defaultClusterId, u"0101-120000-abcdefgh"_s);
    QCOMPARE(found.profile.defaultWarehouseId, u"0123456789abcdef"_s);
}

void TestProfile::environmentNamesOneWorkspaceOfAHost()
{
    qputenv("DATABRICKS_TOKEN", "dapi0123");
    qputenv("DATABRICKS_HOST", "https://acme.databricks.com");
    qputenv("DATABRICKS_WORKSPACE_ID", "42");
    QCOMPARE(Credentials::profileFromEnvironment().profile.host, QUrl(u"https://acme.databricks.com?o=42"_s));
    qputenv("DATABRICKS_HOST", "https://acme.databricks.com/?o=7");
    qunsetenv("DATABRICKS_WORKSPACE_ID");
    QCOMPARE(Credentials::profileFromEnvironment().profile.host, QUrl(u"https://acme.databricks.com?o=7"_s));
    qputenv("DATABRICKS_WORKSPACE_ID", "4 2");
    const EnvironmentProfile found = Credentials::profileFromEnvironment();
    qunsetenv("DATABRICKS_WORKSPACE_ID");
    QVERIFY(!found.isComplete());
    QVERIFY2(found.problem.startsWith(u"DATABRICKS_WORKSPACE_ID"), qPrintable(found.problem));
}

void TestProfile::environmentWithAProblem_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("words");
    const QByteArray host = "adb-1.2.azuredatabricks.net";
    QTest::newRow("no token") << host << QByteArray() << u"DATABRICKS_TOKEN is not"_s;
    QTest::newRow("no host") << QByteArray() << QByteArray("dapi0123") << u"DATABRICKS_HOST is not"_s;
    QTest::newRow("plain http") << QByteArray("http://" + host) << QByteArray("dapi0123")
                                << u"DATABRICKS_HOST: Over plain http"_s;
    QTest::newRow("bad token") << host << QByteArray("dapi 0123") << u"DATABRICKS_TOKEN: The token has a space"_s;
}

void TestProfile::environmentWithAProblem()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, token);
    QFETCH(const QString, words);
    qputenv("DATABRICKS_HOST", host);
    qputenv("DATABRICKS_TOKEN", token);
    const EnvironmentProfile found = Credentials::profileFromEnvironment();
    QVERIFY(!found.isComplete());
    QVERIFY2(found.problem.contains(words), qPrintable(found.problem));
    QVERIFY(!found.problem.contains(u"dapi"));
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
