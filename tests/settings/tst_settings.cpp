#include "settings/folder.h"
#include "settings/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

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
    void oldPolicyStaysAsStrict_data();
    void oldPolicyStaysAsStrict();
    void oldPolicyOfAProfileKeepsWhatHeldForAll();
    void damagedFileIsKeptBesideTheNewOne();
    void lostFileMeansReadOnly_data();
    void lostFileMeansReadOnly();
    void damagedFileAllowsNothing();
    void neverSavedIsNotLost();
    void fileEmptiedWhileRunningIsWrittenAnew();
    void unwritablePlaceIsSaid();
    void fullDiskIsSaidUntilItIsNot();
    void foldersOpenToOthersAreRefused_data();
    void foldersOpenToOthersAreRefused();
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
    QTest::newRow("effects") << Key::EffectRules << QVariant(QStringList());
    QTest::newRow("functions") << Key::TrustedFunctions << QVariant(QStringList());
    QTest::newRow("read-only") << Key::ReadOnly << QVariant(false);
    QTest::newRow("toolsets") << Key::Toolsets << QVariant(QStringList());
    QTest::newRow("exceptions") << Key::ToolExceptions << QVariant(QStringList());
    QTest::newRow("exports") << Key::ExportFolder
                             << QVariant(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
                                         u"/Bricktray exports"_s);
    QTest::newRow("shared") << Key::SharedFolder << QVariant(QString());
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
                                     {Key::ReadOnly, true},
                                     {Key::EffectRules, QStringList{u"adds=ask"_s, u"runs code=deny"_s}},
                                     {Key::TrustedFunctions, QStringList{u"main.default.clean"_s}},
                                     {Key::Toolsets, QStringList{u"clusters"_s}},
                                     {Key::ToolExceptions, QStringList{u"run_job=ask"_s, u"start_cluster=deny"_s}},
                                     {Key::ExportFolder, u"/somewhere/else"_s},
                                     {Key::SharedFolder, u"/somewhere/shared"_s},
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
    // And what says that the file was written at all.
    QCOMPARE(QSettings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat).allKeys().size(), values.size() + 1);
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
    writeFile(folder.filePath(u"settings.ini"_s), "[Policy]\nEffects=adds=ask\n");
    {
        Store store(folder.path());
        store.useProfile(u"a/production"_s);
        store.setValue(Key::ReadOnly, true);
        store.setValue(Key::EffectRules, QStringList{u"adds=deny"_s});
        QSignalSpy changed(&store, &Store::changed);
        store.useProfile(u"a"_s);
        QCOMPARE(changed.size(), 2);
        QVERIFY(!store.value(Key::ReadOnly).toBool());
        QCOMPARE(store.value(Key::EffectRules).toStringList(), QStringList{u"adds=ask"_s});
        store.setValue(Key::Toolsets, QStringList{u"sql"_s});
        store.setValue(Key::ActiveProfile, u"a/production"_s);
    }
    Store store(folder.path());
    QVERIFY(store.value(Key::ReadOnly).toBool());
    QCOMPARE(store.value(Key::EffectRules).toStringList(), QStringList{u"adds=deny"_s});
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
    QTest::newRow("days") << QByteArray("[Journal]\nDays=-4\n") << Key::JournalDays << QVariant(90);
    QTest::newRow("exports nowhere certain") << QByteArray("[Export]\nFolder=exports\n") << Key::ExportFolder
                                             << Store(QTemporaryDir().path()).value(Key::ExportFolder);
    QTest::newRow("shared from nowhere certain")
        << QByteArray("[Share]\nFolder=../..\n") << Key::SharedFolder << QVariant(QString());
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

void TestSettings::oldPolicyStaysAsStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("rules");
    const QStringList asks{u"adds=ask"_s, u"appends=ask"_s, u"creates compute=ask"_s, u"replaces=ask"_s,
                           u"runs code=ask"_s};
    QStringList denies = asks;
    denies.replaceInStrings(u"=ask"_s, u"=deny"_s);
    const QStringList destroysDenied{u"destroys=deny"_s, u"grants=deny"_s, u"reaches out=deny"_s, u"unknown=deny"_s};
    QStringList both = destroysDenied + asks;
    both.sort();
    QTest::newRow("asked") << QByteArray("Writes=ask") << asks;
    QTest::newRow("asked, upper case") << QByteArray("Writes=Ask") << asks;
    QTest::newRow("denied") << QByteArray("Writes=deny") << denies;
    QTest::newRow("misspelt") << QByteArray("Writes=asks") << denies;
    QTest::newRow("allowed is not carried over") << QByteArray("Writes=allow\nDestroys=allow") << QStringList();
    QTest::newRow("destroying denied") << QByteArray("Destroys=deny") << destroysDenied;
    QTest::newRow("destroying asked") << QByteArray("Destroys=ask") << QStringList();
    QTest::newRow("both") << QByteArray("Writes=ask\nDestroys=deny") << both;
    QTest::newRow("the new key is there") << QByteArray("Writes=deny\nEffects=adds=ask") << QStringList{u"adds=ask"_s};
}

void TestSettings::oldPolicyStaysAsStrict()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, rules);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    writeFile(file, "[Policy]\n" + text + "\n");
    for (int start = 0; start < 2; ++start) {
        const Store store(folder.path());
        QCOMPARE(store.value(Key::EffectRules).toStringList(), rules);
        QVERIFY(!QSettings(file, QSettings::IniFormat).contains(u"Policy/Writes"_s));
    }
}

void TestSettings::oldPolicyOfAProfileKeepsWhatHeldForAll()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(u"settings.ini"_s),
              "[Policy]\nWrites=deny\n[ProfileRules]\nproduction\\Policy\\Destroys=deny\n");
    Store store(folder.path());
    QCOMPARE(store.value(Key::EffectRules).toStringList().size(), 5);
    store.useProfile(u"production"_s);
    QCOMPARE(store.value(Key::EffectRules).toStringList().size(), 9);
    QVERIFY(store.value(Key::EffectRules).toStringList().contains(u"adds=deny"_s));
    QVERIFY(store.value(Key::EffectRules).toStringList().contains(u"destroys=deny"_s));
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

void TestSettings::lostFileMeansReadOnly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("emptied") << QByteArray();
    QTest::newRow("blocks of zeros") << QByteArray(4096, '\0');
    QTest::newRow("zeros behind the first lines") << QByteArray("[Server]\nPort=9000\n") + QByteArray(512, '\0');
    QTest::newRow("something else") << QByteArray("<html>no settings</html>");
    QTest::newRow("a line without a value") << QByteArray("[Policy]\nReadOnly=false\nEffects\n");
}

void TestSettings::lostFileMeansReadOnly()
{
    QFETCH(const QByteArray, text);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"settings.ini"_s), text);
    // The file is whole after the first start, and what it held is gone all the same.
    for (int start = 0; start < 2; ++start) {
        Store store(folder.path());
        QVERIFY(store.value(Key::ReadOnly).toBool());
        QVERIFY2(store.problem().contains(u"read-only"), qPrintable(store.problem()));
        store.useProfile(u"production"_s);
        QVERIFY(store.value(Key::ReadOnly).toBool());
        store.setValue(Key::WindowState, QByteArray("state"));
    }
    Store store(folder.path());
    QSignalSpy told(&store, &Store::problemChanged);
    store.setValue(Key::ReadOnly, false);
    QCOMPARE(told.size(), 1);
    QCOMPARE(store.problem(), QString());
    QVERIFY(!store.value(Key::ReadOnly).toBool());
    store.useProfile(u"another"_s);
    QVERIFY2(store.value(Key::ReadOnly).toBool(), "a person has said nothing about this one");
}

void TestSettings::damagedFileAllowsNothing()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(u"settings.ini"_s),
              "[Policy]\nEffects=replaces=allow, adds=deny\n"
              "[ProfileRules]\nproduction\\Policy\\ReadOnly=false\nproduction\\Policy\\ToolExceptions=run_job=Allow\n"
              "production\\Policy\\TrustedFunctions=main.default.f\nnonsense\n");
    Store store(folder.path());
    QCOMPARE(store.value(Key::EffectRules).toStringList(), QStringList{u"adds=deny"_s});
    store.useProfile(u"production"_s);
    QVERIFY(store.value(Key::ReadOnly).toBool());
    QCOMPARE(store.value(Key::ToolExceptions).toStringList(), QStringList());
    QCOMPARE(store.value(Key::TrustedFunctions).toStringList(), QStringList());
}

void TestSettings::neverSavedIsNotLost()
{
    QTemporaryDir folder;
    for (int start = 0; start < 3; ++start) {
        const Store store(folder.path());
        QCOMPARE(store.problem(), QString());
        QVERIFY(!store.value(Key::ReadOnly).toBool());
    }
}

void TestSettings::fileEmptiedWhileRunningIsWrittenAnew()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    {
        Store store(folder.path());
        store.setValue(Key::ReadOnly, true);
        store.setGroup(u"Profiles"_s, u"default"_s, {{u"Host"_s, u"https://x"_s}});
        writeFile(file, {});
        store.setValue(Key::Port, 9000);
        QVERIFY(store.value(Key::ReadOnly).toBool());
        QVERIFY(QFile::remove(file));
        store.setValue(Key::Port, 9001);
        QVERIFY(store.value(Key::ReadOnly).toBool());
        QCOMPARE(store.problem(), QString());
    }
    const Store store(folder.path());
    QCOMPARE(store.problem(), QString());
    QVERIFY(store.value(Key::ReadOnly).toBool());
    QCOMPARE(store.value(Key::Port).toInt(), 9001);
    QCOMPARE(store.group(u"Profiles"_s, u"default"_s).value(u"Host"_s).toString(), u"https://x"_s);
    QVERIFY(isTheOwnersAlone(file));
}

void TestSettings::unwritablePlaceIsSaid()
{
    // A file where the folder should be keeps root out, too.
    QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    writeFile(file, "x");
    Store store(file + u"/data"_s);
    QVERIFY2(store.problem().contains(u"can't be saved"), qPrintable(store.problem()));
    QVERIFY2(store.value(Key::ReadOnly).toBool(), "nobody knows what the settings were");
    store.setValue(Key::Port, 9000);
    QCOMPARE(store.value(Key::Port).toInt(), 9000);
}

#ifdef Q_OS_UNIX
/// No file can grow while it lives, as on a disk that is full.
class FullDisk
{
    Q_DISABLE_COPY_MOVE(FullDisk)

public:
    FullDisk()
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before = {};
};
#endif

void TestSettings::fullDiskIsSaidUntilItIsNot()
{
#ifdef Q_OS_UNIX
    QTemporaryDir folder;
    QString problem;
    bool holds = false;
    {
        Store store(folder.path());
        QSignalSpy told(&store, &Store::problemChanged);
        {
            const FullDisk disk;
            store.setValue(Key::ReadOnly, true);
            problem = store.problem();
            holds = store.value(Key::ReadOnly).toBool();
        }
        QVERIFY2(problem.contains(u"can't be saved"_s) && problem.contains(u"Read-only lasts only so long"_s),
                 qPrintable(problem));
        QVERIFY(holds);
        QCOMPARE(told.size(), 1);
        store.setValue(Key::Port, 9000);
        QCOMPARE(store.problem(), QString());
        QCOMPARE(told.size(), 2);
    }
    QVERIFY(Store(folder.path()).value(Key::ReadOnly).toBool());
    {
        QTemporaryDir another;
        {
            const FullDisk disk;
            problem = Store(another.path()).problem();
        }
        QVERIFY2(problem.contains(u"can't be saved"_s), qPrintable(problem));
        QCOMPARE(Store(another.path()).problem(), QString());
    }
#endif
}

void TestSettings::foldersOpenToOthersAreRefused_data()
{
    QTest::addColumn<int>("folderMode");
    QTest::addColumn<int>("parentMode");
    QTest::addColumn<QString>("problem");
    QTest::newRow("private") << 0700 << 0755 << QString();
    QTest::newRow("others read") << 0755 << 0755 << QString();
    QTest::newRow("the group writes") << 0770 << 0755 << u"other users can write"_s;
    QTest::newRow("everybody writes") << 0707 << 0755 << u"other users can write"_s;
    QTest::newRow("everybody writes, sticky") << 01777 << 0755 << u"other users can write"_s;
    QTest::newRow("can be replaced") << 0700 << 0777 << u"put another one in its place"_s;
    QTest::newRow("in a folder like /tmp") << 0700 << 01777 << QString();
    QTest::newRow("not there yet") << 0 << 0755 << QString();
    QTest::newRow("would be made where it can be replaced") << 0 << 0777 << u"put another one in its place"_s;
}

void TestSettings::foldersOpenToOthersAreRefused()
{
#ifdef Q_OS_UNIX
    QFETCH(const int, folderMode);
    QFETCH(const int, parentMode);
    QFETCH(const QString, problem);
    QTemporaryDir root;
    const QString parent = root.filePath(u"parent"_s);
    const QString folder = parent + u"/data"_s;
    QVERIFY(QDir().mkdir(parent));
    if (folderMode != 0) {
        QVERIFY(QDir().mkdir(folder));
        QCOMPARE(::chmod(QFile::encodeName(folder).constData(), mode_t(folderMode)), 0);
    }
    QCOMPARE(::chmod(QFile::encodeName(parent).constData(), mode_t(parentMode)), 0);
    const QString link = root.filePath(u"link"_s);
    QVERIFY(QFile::link(folder, link));
    for (const QString &path : {folder, link}) {
        if (path == link && folderMode == 0)
            continue;
        const QString found = Settings::folderProblem(path);
        QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.contains(problem), qPrintable(found));
    }
    if (::geteuid() == 0 && folderMode != 0) {
        QCOMPARE(::chown(QFile::encodeName(folder).constData(), 12345, 12345), 0);
        QVERIFY(Settings::folderProblem(folder).contains(u"belongs to another user"_s));
    }
    if (::geteuid() == 0 && problem.isEmpty()) {
        const QByteArray place = QFile::encodeName(parent);
        if (folderMode != 0)
            QCOMPARE(::chown(QFile::encodeName(folder).constData(), 0, 0), 0);
        QCOMPARE(::chmod(place.constData(), 0770) + ::chown(place.constData(), 0, 12345), 0);
        QVERIFY2(Settings::folderProblem(folder).contains(u"in its place"_s), "its folder is a group's");
        QCOMPARE(::chmod(place.constData(), 0750) + ::chown(place.constData(), 12345, 0), 0);
        QVERIFY2(Settings::folderProblem(folder).contains(u"in its place"_s), "its folder is another user's");
    }
#endif
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
