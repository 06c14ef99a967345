#include "settings/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Settings::Key;
using Settings::Store;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults_data();
    void defaults();
    void everyKeyIsKeptUnderItsOwnName();
    void changedIsToldOnce();
    void rulesAreEachProfilesOwn();
    void groupsAreKeptUnderAnyName();
    void filesAreTheOwnersAlone();
    void existingFileIsTightened();
    void nonsenseInTheFileIsNotObeyed_data();
    void nonsenseInTheFileIsNotObeyed();
    void damagedFileIsKeptBesideTheNewOne();
    void unwritablePlaceIsSaid();
    void withoutFolderThePlatformsAreUsed();
};

namespace {

constexpr QFile::Permissions OwnerBits =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadUser | QFile::WriteUser | QFile::ExeUser;

bool isTheOwnersAlone(const QString &path)
{
    return QFileInfo::exists(path) && !(QFileInfo(path).permissions() & ~OwnerBits);
}

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

void TestSettings::defaults_data()
{
    QTest::addColumn<Settings::Key>("key");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("port") << Key::Port << QVariant(8080);
    QTest::newRow("access key") << Key::RequireAccessKey << QVariant(true);
    QTest::newRow("start") << Key::StartServerWithApp << QVariant(true);
    QTest::newRow("profile") << Key::ActiveProfile << QVariant(u"default"_s);
    QTest::newRow("writes") << Key::WritePolicy << QVariant(u"allow"_s);
    QTest::newRow("destroys") << Key::DestroyPolicy << QVariant(u"ask"_s);
    QTest::newRow("read-only") << Key::ReadOnly << QVariant(false);
    QTest::newRow("toolsets") << Key::Toolsets << QVariant(QStringList());
    QTest::newRow("exceptions") << Key::ToolExceptions << QVariant(QStringList());
    QTest::newRow("exports") << Key::ExportFolder
                             << QVariant(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
                                         u"/Bricktray exports"_s);
    QTest::newRow("notifications") << Key::ShowNotifications << QVariant(true);
    QTest::newRow("days") << Key::JournalDays << QVariant(90);
}

void TestSettings::defaults()
{
    QFETCH(const Key, key);
    QTemporaryDir folder;
    const Store store(folder.path());
    QTEST(store.value(key), "value");
}

void TestSettings::everyKeyIsKeptUnderItsOwnName()
{
    const QMap<Key, QVariant> values{{Key::Port, 9000},
                                     {Key::RequireAccessKey, false},
                                     {Key::StartServerWithApp, false},
                                     {Key::ActiveProfile, u"Prüfung, \"two\""_s},
                                     {Key::WritePolicy, u"deny"_s},
                                     {Key::DestroyPolicy, u"allow"_s},
                                     {Key::ReadOnly, true},
                                     {Key::Toolsets, QStringList{u"clusters"_s}},
                                     {Key::ToolExceptions, QStringList{u"run_job=ask"_s, u"start_cluster=deny"_s}},
                                     {Key::ExportFolder, u"/somewhere/else"_s},
                                     {Key::ShowNotifications, false},
                                     {Key::CloseHintShown, true},
                                     {Key::StartMinimized, true},
                                     {Key::JournalDays, 7},
                                     {Key::WindowGeometry, QByteArray("\0\1\xff=;\n", 6)},
                                     {Key::WindowState, QByteArray("state")}};
    // A key added to the enumeration without a row in the table and a line here is noticed.
    QCOMPARE(values.size(), int(Key::WindowState) + 1);
    QTemporaryDir folder;
    {
        Store store(folder.path());
        store.useProfile(values.value(Key::ActiveProfile).toString());
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            store.setValue(value.key(), value.value());
    }
    const Store store(folder.path());
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        QCOMPARE(store.value(value.key()), value.value());
    QCOMPARE(QSettings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat).allKeys().size(), values.size());
    QCOMPARE(store.problem(), QString());
}

void TestSettings::changedIsToldOnce()
{
    QTemporaryDir folder;
    Store store(folder.path());
    QSignalSpy changed(&store, &Store::changed);
    store.setValue(Key::Port, 8080);
    QCOMPARE(changed.size(), 0);
    store.setValue(Key::Port, 8081);
    store.setValue(Key::Port, 8081);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().value<Key>(), Key::Port);
}

void TestSettings::rulesAreEachProfilesOwn()
{
    QTemporaryDir folder;
    // Where a profile has nothing of its own, what the file says for all of them holds.
    writeFile(folder.filePath(u"settings.ini"_s), "[Policy]\nWrites=ask\n");
    {
        Store store(folder.path());
        store.useProfile(u"a/production"_s);
        store.setValue(Key::ReadOnly, true);
        store.setValue(Key::WritePolicy, u"deny"_s);
        QSignalSpy changed(&store, &Store::changed);
        store.useProfile(u"a"_s);
        QCOMPARE(changed.size(), 2);
        QVERIFY(!store.value(Key::ReadOnly).toBool());
        QCOMPARE(store.value(Key::WritePolicy).toString(), u"ask"_s);
        store.setValue(Key::Toolsets, QStringList{u"sql"_s});
        store.setValue(Key::ActiveProfile, u"a/production"_s);
    }
    Store store(folder.path());
    QVERIFY(store.value(Key::ReadOnly).toBool());
    QCOMPARE(store.value(Key::WritePolicy).toString(), u"deny"_s);
    QCOMPARE(store.value(Key::Toolsets).toStringList(), QStringList());
}

void TestSettings::groupsAreKeptUnderAnyName()
{
    const QString kind = u"Profiles"_s;
    const QStringList names{u"a/b\\c"_s, u"default"_s, u"100%2F"_s, u"Büro [x]=y"_s};
    QTemporaryDir folder;
    {
        Store store(folder.path());
        store.setGroup(kind, names.first(), {{u"Old"_s, 1}});
        for (const QString &name : names)
            store.setGroup(kind, name, {{u"Host"_s, name}, {u"TokenStored"_s, true}});
    }
    Store store(folder.path());
    const QStringList found = store.groups(kind);
    QCOMPARE(QSet<QString>(found.cbegin(), found.cend()), QSet<QString>(names.cbegin(), names.cend()));
    for (const QString &name : names) {
        const QVariantMap values = store.group(kind, name);
        QCOMPARE(values.keys(), QStringList({u"Host"_s, u"TokenStored"_s}));
        QCOMPARE(values.value(u"Host"_s).toString(), name);
        QVERIFY(values.value(u"TokenStored"_s).toBool());
    }
    QVERIFY(store.group(kind, u"gone"_s).isEmpty());
}

void TestSettings::filesAreTheOwnersAlone()
{
    QTemporaryDir folder;
    const QString dataDir = folder.filePath(u"deeper/data"_s);
    Store store(dataDir);
    store.setValue(Key::Port, 9000);
    QCOMPARE(store.dataDir(), dataDir);
    QCOMPARE(QFileInfo(store.journalFile()).absolutePath(), dataDir);
    QVERIFY(isTheOwnersAlone(dataDir));
    QVERIFY(isTheOwnersAlone(dataDir + u"/settings.ini"_s));
}

void TestSettings::existingFileIsTightened()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    writeFile(file, "[Server]\nPort=9100\n");
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    Store store(folder.path());
    QCOMPARE(store.value(Key::Port).toInt(), 9100);
    QVERIFY(isTheOwnersAlone(file));
    store.setValue(Key::Port, 9101);
    QVERIFY(isTheOwnersAlone(file));
}

void TestSettings::nonsenseInTheFileIsNotObeyed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Settings::Key>("key");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("port in words") << QByteArray("[Server]\nPort=many\n") << Key::Port << QVariant(8080);
    QTest::newRow("port out of range") << QByteArray("[Server]\nPort=70000\n") << Key::Port << QVariant(8080);
    QTest::newRow("policy misspelt") << QByteArray("[Policy]\nWrites=asks\n") << Key::WritePolicy
                                     << QVariant(u"deny"_s);
    QTest::newRow("policy upper case") << QByteArray("[Policy]\nWrites=Ask\n") << Key::WritePolicy
                                       << QVariant(u"ask"_s);
    QTest::newRow("days") << QByteArray("[Journal]\nDays=-4\n") << Key::JournalDays << QVariant(90);
    QTest::newRow("exports nowhere certain") << QByteArray("[Export]\nFolder=exports\n") << Key::ExportFolder
                                             << Store(QTemporaryDir().path()).value(Key::ExportFolder);
    QTest::newRow("one toolset") << QByteArray("[Policy]\nToolsets=sql\n") << Key::Toolsets
                                 << QVariant(QStringList{u"sql"_s});
}

void TestSettings::nonsenseInTheFileIsNotObeyed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const Key, key);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"settings.ini"_s), text);
    const Store store(folder.path());
    QTEST(store.value(key), "value");
}

void TestSettings::damagedFileIsKeptBesideTheNewOne()
{
    const QByteArray text = "[Server]\nPort=9000\nthis line has no value\n";
    QTemporaryDir folder;
    writeFile(folder.filePath(u"settings.ini"_s), text);
    Store store(folder.path());
    QCOMPARE(store.value(Key::Port).toInt(), 9000);
    QVERIFY2(store.problem().contains(u"damaged"), qPrintable(store.problem()));
    QFile copy(folder.filePath(u"settings.ini.damaged"_s));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), text);
    QVERIFY(isTheOwnersAlone(copy.fileName()));
}

void TestSettings::unwritablePlaceIsSaid()
{
    // A file where the folder should be keeps root out, too.
    QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    writeFile(file, "x");
    Store store(file + u"/data"_s);
    QVERIFY2(store.problem().contains(u"can't be saved"), qPrintable(store.problem()));
    store.setValue(Key::Port, 9000);
    QCOMPARE(store.value(Key::Port).toInt(), 9000);
}

void TestSettings::withoutFolderThePlatformsAreUsed()
{
    QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(home.filePath(u"config"_s)));
    qputenv("XDG_DATA_HOME", QFile::encodeName(home.filePath(u"data"_s)));
    const Store store{QString()};
    QCOMPARE(store.dataDir(), QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QString file = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/settings.ini"_s;
    QVERIFY2(file.startsWith(home.path()) && store.dataDir().startsWith(home.path()), qPrintable(file));
    QVERIFY(isTheOwnersAlone(file));
    QVERIFY(isTheOwnersAlone(store.dataDir()));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
