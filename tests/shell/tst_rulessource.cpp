#include "shell/rulessource.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Decision;
using Settings::Key;

class TestRulesSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void headlessNobodyIsAsked_data();
    void headlessNobodyIsAsked();
    void theSettingsDecideWithAWindow();
    void theCommandLineIsReadOnlyWhateverTheSettingsSay();
    void theCommandLinesToolsetsComeFirst();
    void changesThatComeTogetherAreToldOnce();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
};

void TestRulesSource::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
}

void TestRulesSource::headlessNobodyIsAsked_data()
{
    QTest::addColumn<bool>("allowWrites");
    QTest::addColumn<bool>("allowDestructive");
    QTest::addColumn<Decision>("writes");
    QTest::addColumn<Decision>("destroys");
    QTest::newRow("nothing said") << false << false << Decision::Deny << Decision::Deny;
    QTest::newRow("writes") << true << false << Decision::Allow << Decision::Deny;
    QTest::newRow("destructive") << false << true << Decision::Allow << Decision::Allow;
    QTest::newRow("both") << true << true << Decision::Allow << Decision::Allow;
}

void TestRulesSource::headlessNobodyIsAsked()
{
    QFETCH(bool, allowWrites);
    QFETCH(bool, allowDestructive);
    CommandLine line;
    line.headless = true;
    line.allowWrites = allowWrites;
    line.allowDestructive = allowDestructive;
    const Calls::Policy policy = RulesSource(line, m_settings.get()).rules().policy;
    QTEST(policy.writes, "writes");
    QTEST(policy.destroys, "destroys");
    QVERIFY(!policy.readOnly);
}

void TestRulesSource::theSettingsDecideWithAWindow()
{
    m_settings->setValue(Key::WritePolicy, u"ask"_s);
    m_settings->setValue(Key::DestroyPolicy, u"deny"_s);
    m_settings->setValue(Key::ToolExceptions, QStringList{u"run_job=allow"_s});
    m_settings->setValue(Key::ExportFolder, u"/somewhere"_s);
    CommandLine line;
    line.allowWrites = true; // of a headless run only
    const Rules rules = RulesSource(line, m_settings.get()).rules();
    QCOMPARE(rules.policy.writes, Decision::Ask);
    QCOMPARE(rules.policy.destroys, Decision::Deny);
    QCOMPARE(rules.policy.exceptions.value(u"run_job"_s, Decision::Deny), Decision::Allow);
    QCOMPARE(rules.exportFolder, u"/somewhere"_s);
}

void TestRulesSource::theCommandLineIsReadOnlyWhateverTheSettingsSay()
{
    for (const bool headless : {false, true}) {
        CommandLine line;
        line.headless = headless;
        line.readOnly = true;
        QVERIFY(RulesSource(line, m_settings.get()).rules().policy.readOnly);
    }
}

void TestRulesSource::theCommandLinesToolsetsComeFirst()
{
    m_settings->setValue(Key::Toolsets, QStringList{u"sql"_s});
    CommandLine line;
    QCOMPARE(RulesSource(line, m_settings.get()).rules().toolsets, QStringList{u"sql"_s});
    line.toolsets = {u"jobs"_s};
    QCOMPARE(RulesSource(line, m_settings.get()).rules().toolsets, QStringList{u"jobs"_s});
}

void TestRulesSource::changesThatComeTogetherAreToldOnce()
{
    RulesSource source(CommandLine(), m_settings.get());
    QSignalSpy changed(&source, &RulesSource::changed);
    m_settings->setValue(Key::ReadOnly, true);
    m_settings->setValue(Key::WritePolicy, u"deny"_s);
    QCOMPARE(changed.count(), 0);
    QTRY_COMPARE(changed.count(), 1);
    m_settings->setValue(Key::Port, 9090);
    QTest::qWait(20);
    QCOMPARE(changed.count(), 1);
}

QTEST_GUILESS_MAIN(TestRulesSource)
#include "tst_rulessource.moc"
