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

private:
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
    QCOMPARE(m_keychain->m_secrets.value(m_entry).toLatin1(), source.key());
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
    QCOMPARE(m_keychain->m_secrets.value(m_entry).toLatin1(), key);
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
    QSignalSpy replaced(&source, &AccessKeySource::replaced);
    source.replace();
    QTRY_COMPARE(replaced.count(), 1);
    QVERIFY(source.key() != before);
    QCOMPARE(m_keychain->m_secrets.value(m_entry).toLatin1(), source.key());
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

QTEST_GUILESS_MAIN(TestAccessKeySource)
#include "tst_accesskeysource.moc"
