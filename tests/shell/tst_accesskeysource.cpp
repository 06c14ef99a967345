#include "credentials/accesskey.h"
#include "gui/memorykeychain.h"
#include "shell/accesskeysource.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Credentials::KeychainResult;

class TestAccessKeySource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theCommandLinesKeyIsUsed();
    void theKeychainsKeyIsUsed();
    void aNewKeyIsKept();
    void aKeyThatCannotBeKeptHoldsForThisRun();
    void whenNoneIsRequired_data();
    void whenNoneIsRequired();
    void aReplacedKeyIsAnotherOne();
    void aGivenKeyIsNotReplaced();

    void eachClientHasItsOwn();
    void aNameIsTakenOnce_data();
    void aNameIsTakenOnce();
    void thereAreOnlySoMany();
    void theFirstKeyStaysValid();
    void aRevokedKeyIsGoneAtOnceAndForGood();
    void aRevokedKeyDoesNotComeBackFromALockedKeychain();
    void aReplacedKeyDoesNotComeBackFromALockedKeychain();
    void anotherInstancesKeysAreKept();
    void anEntryThatIsNotUnderstoodStays();

private:
    Credentials::AccessKeys kept() const
    {
        return Credentials::readAccessKeys(m_keychain->m_secrets.value(m_entry)).value_or(Credentials::AccessKeys());
    }
    static QStringList namesOf(const Credentials::AccessKeys &keys)
    {
        QStringList names;
        for (const Credentials::AccessKey &key : keys)
            names << key.name;
        return names;
    }

    const QString m_entry = QString::fromLatin1(Credentials::AccessKeyEntry);
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<MemoryKeychain> m_keychain;
};

void TestAccessKeySource::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_keychain = std::make_unique<MemoryKeychain>();
}

void TestAccessKeySource::theCommandLinesKeyIsUsed()
{
    m_keychain->m_secrets.insert(m_entry, u"the-keychains-key"_s);
    CommandLine line;
    line.accessKey = "the-command-lines-key";
    AccessKeySource source(line, m_settings.get(), m_keychain.get());
    source.load();
    QVERIFY(source.isKnown());
    QCOMPARE(source.key(), line.accessKey);
}

void TestAccessKeySource::theKeychainsKeyIsUsed()
{
    m_keychain->m_secrets.insert(m_entry, u"the-keychains-key"_s);
    m_keychain->m_locked = true;
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    QSignalSpy loaded(&source, &AccessKeySource::loaded);
    source.load();
    QVERIFY(!source.isKnown());
    m_keychain->open();
    QTRY_COMPARE(loaded.count(), 1);
    QCOMPARE(source.key(), "the-keychains-key");
    QVERIFY(source.problem().isEmpty());
}

void TestAccessKeySource::aNewKeyIsKept()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    QVERIFY(source.key().startsWith("bricktray_"));
    QCOMPARE(kept(), source.keys());
}

void TestAccessKeySource::aKeyThatCannotBeKeptHoldsForThisRun()
{
    m_keychain->m_fault = KeychainResult(KeychainResult::Status::Locked, u"The keyring is locked."_s);
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    QSignalSpy changed(&source, &AccessKeySource::changed);
    source.load();
    QTRY_VERIFY(source.isKnown());
    QCOMPARE(source.problem(), u"The keyring is locked."_s);
    QCOMPARE(changed.count(), 1);

    // The same key goes into the keychain once that opens.
    const QByteArray key = source.key();
    m_keychain->m_fault = {};
    source.load();
    QTRY_VERIFY(source.problem().isEmpty());
    QCOMPARE(source.key(), key);
    QCOMPARE(kept(), source.keys());
}

void TestAccessKeySource::whenNoneIsRequired_data()
{
    QTest::addColumn<bool>("noAccessKey");
    QTest::addColumn<bool>("setting");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("required");
    QTest::newRow("as it comes") << false << true << QString() << true;
    QTest::newRow("settings") << false << false << QString() << false;
    QTest::newRow("settings, other machines") << false << false << u"192.0.2.7"_s << true;
    QTest::newRow("command line") << true << true << QString() << false;
}

void TestAccessKeySource::whenNoneIsRequired()
{
    QFETCH(bool, noAccessKey);
    QFETCH(bool, setting);
    QFETCH(QString, address);
    QFETCH(bool, required);
    m_settings->setValue(Settings::Key::RequireAccessKey, setting);
    CommandLine line;
    line.noAccessKey = noAccessKey;
    line.listenAddress = QHostAddress(address);
    AccessKeySource source(line, m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    QCOMPARE(source.isRequired(), required);
    QCOMPARE(source.key().isEmpty(), !required);
}

void TestAccessKeySource::aReplacedKeyIsAnotherOne()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    const QByteArray before = source.key();
    source.replace();
    QVERIFY(source.key() != before);
    QTRY_COMPARE(kept(), source.keys());
    QCOMPARE(source.keys().size(), 1);
    QCOMPARE(kept(), source.keys());
}

void TestAccessKeySource::aGivenKeyIsNotReplaced()
{
    CommandLine line;
    line.accessKey = "the-command-lines-key";
    AccessKeySource source(line, m_settings.get(), m_keychain.get());
    source.load();
    source.replace();
    QCOMPARE(source.key(), line.accessKey);
    QVERIFY(m_keychain->m_secrets.isEmpty());
}

void TestAccessKeySource::eachClientHasItsOwn()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    const QByteArray laptop = source.make(u"work laptop"_s);
    const QByteArray other = source.make(u"other"_s);
    QVERIFY(laptop.startsWith("bricktray_") && other.startsWith("bricktray_"));
    QVERIFY(laptop != other && laptop != source.key());
    QCOMPARE(namesOf(source.keys()), QStringList({u"default"_s, u"work laptop"_s, u"other"_s}));
    QVERIFY(source.keys().last().made.isValid());
    QTRY_COMPARE(kept(), source.keys());

    AccessKeySource again(CommandLine(), m_settings.get(), m_keychain.get());
    again.load();
    QTRY_VERIFY(again.isKnown());
    QCOMPARE(again.keys(), source.keys());
}

void TestAccessKeySource::aNameIsTakenOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("the default one's") << u"default"_s;
    QTest::newRow("another one's") << u"laptop"_s;
    QTest::newRow("none") << QString();
    QTest::newRow("spaces") << u"  "_s;
    QTest::newRow("a line end") << u"a\nb"_s;
    QTest::newRow("invisible") << u"lap\u200btop"_s;
    QTest::newRow("too long") << QString(41, u'x');
}

void TestAccessKeySource::aNameIsTakenOnce()
{
    QFETCH(QString, name);
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    QVERIFY(!source.make(u"laptop"_s).isEmpty());
    QVERIFY(source.make(name).isEmpty());
    QCOMPARE(source.keys().size(), 2);
}

void TestAccessKeySource::thereAreOnlySoMany()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    for (int i = 1; i < Credentials::MostAccessKeys; ++i)
        QVERIFY(!source.make(QString(Credentials::LongestKeyName - 2, u'x') + QString::number(i)).isEmpty());
    QVERIFY(source.make(u"one more"_s).isEmpty());
    QTRY_COMPARE(kept(), source.keys());
    QVERIFY(m_keychain->m_secrets.value(m_entry).size() < 2560); // what Windows keeps of one entry
}

void TestAccessKeySource::theFirstKeyStaysValid()
{
    m_keychain->m_secrets.insert(m_entry, u"bricktray_the-first-one"_s); // as earlier versions kept it
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    QCOMPARE(namesOf(source.keys()), QStringList{u"default"_s});
    QVERIFY(!source.make(u"laptop"_s).isEmpty());
    QTRY_COMPARE(kept().size(), 2);
    QCOMPARE(kept().first().key, "bricktray_the-first-one");
}

void TestAccessKeySource::aRevokedKeyIsGoneAtOnceAndForGood()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    source.make(u"laptop"_s);
    QTRY_COMPARE(kept().size(), 2);
    QSignalSpy changed(&source, &AccessKeySource::changed);
    source.revoke(u"laptop"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(namesOf(source.keys()), QStringList{u"default"_s});
    QTRY_COMPARE(kept(), source.keys());
    source.revoke(u"default"_s);
    QCOMPARE(source.keys().size(), 1);
}

void TestAccessKeySource::aRevokedKeyDoesNotComeBackFromALockedKeychain()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    source.make(u"laptop"_s);
    QTRY_COMPARE(kept().size(), 2);
    m_keychain->m_fault = KeychainResult(KeychainResult::Status::Locked, u"The keyring is locked."_s);
    source.revoke(u"laptop"_s);
    QTRY_COMPARE(source.problem(), u"The keyring is locked."_s);
    QCOMPARE(kept().size(), 2);
    m_keychain->m_fault = {};
    source.load();
    QTRY_VERIFY(source.problem().isEmpty());
    QCOMPARE(namesOf(source.keys()), QStringList{u"default"_s});
    QCOMPARE(kept(), source.keys());
}

void TestAccessKeySource::aReplacedKeyDoesNotComeBackFromALockedKeychain()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    m_keychain->m_fault = KeychainResult(KeychainResult::Status::Locked, u"The keyring is locked."_s);
    source.replace();
    const QByteArray key = source.key();
    QTRY_VERIFY(!source.problem().isEmpty());
    m_keychain->m_fault = {};
    source.load();
    QTRY_VERIFY(source.problem().isEmpty());
    QCOMPARE(source.key(), key);
    QCOMPARE(kept(), source.keys());
}

void TestAccessKeySource::anotherInstancesKeysAreKept()
{
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    AccessKeySource other(CommandLine(), m_settings.get(), m_keychain.get());
    other.load();
    QTRY_VERIFY(other.isKnown());
    other.make(u"there"_s);
    QTRY_COMPARE(kept().size(), 2);
    source.make(u"here"_s);
    QTRY_COMPARE(namesOf(kept()), QStringList({u"default"_s, u"there"_s, u"here"_s}));
    QCOMPARE(source.keys(), kept());
}

void TestAccessKeySource::anEntryThatIsNotUnderstoodStays()
{
    m_keychain->m_secrets.insert(m_entry, u"[{\"name\":1}]"_s);
    AccessKeySource source(CommandLine(), m_settings.get(), m_keychain.get());
    source.load();
    QTRY_VERIFY(source.isKnown());
    QVERIFY(source.key().startsWith("bricktray_"));
    QVERIFY(source.problem().contains(u"can't be understood"_s));
    QCOMPARE(m_keychain->m_secrets.value(m_entry), u"[{\"name\":1}]"_s);
}

QTEST_GUILESS_MAIN(TestAccessKeySource)
#include "tst_accesskeysource.moc"
