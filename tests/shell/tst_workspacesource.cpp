#include "gui/memorykeychain.h"
#include "shell/workspacesource.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using State = Gui::WorkspaceStatus::State;

class TestWorkspaceSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theSampleComesFirst();
    void thenTheEnvironment();
    void halfAnEnvironmentIsAProblem();
    void thenATokenForThisRun();
    void thenTheKeychain();
    void withoutAProfileNothingIsSetUp();
    void aLockedKeychainIsWaitedFor();
    void aTokenInUseStaysWhileTheKeychainIsLocked();
    void anAnswerToAnEarlierLoadIsIgnored();
    void whatWaitsEndsWithTheKeychain();

private:
    void load(WorkspaceSource::Options options = {});

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<MemoryKeychain> m_keychain;
    std::unique_ptr<WorkspaceSource> m_source;
    Credentials::Profile m_profile;
    QList<WorkspaceChoice> m_choices;
};

void TestWorkspaceSource::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_keychain = std::make_unique<MemoryKeychain>();
    m_profile.host = QUrl(u"https://adb-1.azuredatabricks.net"_s);
    m_profile.tokenStored = true;
    Credentials::Profiles(m_settings.get()).save(m_profile);
    m_keychain->m_secrets.insert(m_profile.keychainKey(), u"dapi-of-the-keychain"_s);
}

void TestWorkspaceSource::cleanup()
{
    m_source.reset();
    m_choices.clear();
    qunsetenv("DATABRICKS_HOST");
    qunsetenv("DATABRICKS_TOKEN");
}

void TestWorkspaceSource::load(WorkspaceSource::Options options)
{
    if (!m_source) {
        m_source = std::make_unique<WorkspaceSource>(options, m_settings.get(), m_keychain.get());
        connect(m_source.get(), &WorkspaceSource::chosen, this,
                [this](const WorkspaceChoice &choice) { m_choices.append(choice); });
    }
    m_source->load();
}

void TestWorkspaceSource::theSampleComesFirst()
{
    qputenv("DATABRICKS_HOST", "https://adb-2.azuredatabricks.net");
    qputenv("DATABRICKS_TOKEN", "dapi-of-the-environment");
    load({.sample = true});
    QCOMPARE(m_choices.size(), 1);
    QVERIFY(m_choices.first().sample);
    QCOMPARE(m_choices.first().profile.name, u"sample"_s);
    QVERIFY(m_choices.first().token.isEmpty());
    QCOMPARE(m_choices.first().state, State::Connecting);
}

void TestWorkspaceSource::thenTheEnvironment()
{
    qputenv("DATABRICKS_HOST", "https://adb-2.azuredatabricks.net");
    qputenv("DATABRICKS_TOKEN", "dapi-of-the-environment");
    load();
    QCOMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().profile.host, QUrl(u"https://adb-2.azuredatabricks.net"_s));
    QCOMPARE(m_choices.first().token, u"dapi-of-the-environment"_s);
}

void TestWorkspaceSource::halfAnEnvironmentIsAProblem()
{
    qputenv("DATABRICKS_TOKEN", "dapi-of-the-environment");
    load();
    QCOMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().state, State::Failed);
    QVERIFY(m_choices.first().token.isEmpty());
    QVERIFY(m_choices.first().message.contains("DATABRICKS_HOST"_L1));
    QCOMPARE(m_choices.first().missingToken, m_choices.first().message);
}

void TestWorkspaceSource::thenATokenForThisRun()
{
    load();
    m_choices.clear();
    m_source->setTokenForThisRun(m_profile, u"dapi-of-this-run"_s);
    load();
    QCOMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().token, u"dapi-of-this-run"_s);
}

void TestWorkspaceSource::thenTheKeychain()
{
    load();
    QCOMPARE(m_choices.last().token, u"dapi-of-the-keychain"_s);
    QCOMPARE(m_choices.last().profile, m_profile);
    QCOMPARE(m_choices.last().state, State::Connecting);
}

void TestWorkspaceSource::withoutAProfileNothingIsSetUp()
{
    load({.profile = u"another"_s, .headless = true});
    QCOMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().state, State::NotConfigured);
    QVERIFY(m_choices.first().message.contains("DATABRICKS_TOKEN"_L1));
}

void TestWorkspaceSource::aLockedKeychainIsWaitedFor()
{
    m_keychain->m_locked = true;
    load();
    QCOMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().state, State::Waiting);
    QVERIFY(m_choices.first().missingToken.contains("unlock"_L1));
    m_keychain->open();
    QTRY_COMPARE(m_choices.size(), 2);
    QCOMPARE(m_choices.last().token, u"dapi-of-the-keychain"_s);
}

void TestWorkspaceSource::aTokenInUseStaysWhileTheKeychainIsLocked()
{
    load();
    m_choices.clear();
    m_keychain->m_locked = true;
    load();
    QCOMPARE(m_choices.size(), 0);
    m_keychain->m_fault = Credentials::KeychainResult(Credentials::KeychainResult::Status::Locked, u"It is locked."_s);
    m_keychain->open();
    QTRY_COMPARE(m_choices.size(), 1);
    QCOMPARE(m_choices.first().token, u"dapi-of-the-keychain"_s);
}

void TestWorkspaceSource::anAnswerToAnEarlierLoadIsIgnored()
{
    m_keychain->m_locked = true;
    load();
    m_source->setTokenForThisRun(m_profile, u"dapi-of-this-run"_s);
    load();
    m_keychain->open();
    QTest::qWait(20);
    QCOMPARE(m_choices.size(), 2);
    QCOMPARE(m_choices.last().token, u"dapi-of-this-run"_s);
}

void TestWorkspaceSource::whatWaitsEndsWithTheKeychain()
{
    m_keychain->m_locked = true;
    load();
    m_keychain.reset();
    QCOMPARE(m_choices.size(), 2);
    QCOMPARE(m_choices.last().state, State::Failed);

    // Nobody is there to be told; LeakSanitizer sees whether the coroutine has ended.
    cleanup();
    init();
    m_keychain->m_locked = true;
    load();
    m_source.reset();
    m_keychain.reset();
}

QTEST_GUILESS_MAIN(TestWorkspaceSource)
#include "tst_workspacesource.moc"
