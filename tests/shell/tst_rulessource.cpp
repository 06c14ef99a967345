#include "shell/rulessource.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Decision;
using Calls::Effect;
using Calls::Effects;
using Calls::Mode;
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
    void damagedSettingsMakeAHeadlessRunReadOnly_data();
    void damagedSettingsMakeAHeadlessRunReadOnly();
    void theCommandLinesToolsetsComeFirst();
    void changesThatComeTogetherAreToldOnce();
    void trustIsKeptNowhereAndEnds();
    void readOnlyEndsTrustForGood();

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
    QTest::addColumn<Effects>("allowed");
    const Effects writes = Effect::Adds | Effect::Appends | Effect::Replaces;
    Effects all;
    for (const Effect effect : Calls::changingEffects())
        all |= effect;
    QTest::newRow("nothing said") << false << false << Effects();
    QTest::newRow("writes") << true << false << writes;
    QTest::newRow("destructive") << false << true << all;
    QTest::newRow("both") << true << true << all;
}

void TestRulesSource::headlessNobodyIsAsked()
{
    QFETCH(bool, allowWrites);
    QFETCH(bool, allowDestructive);
    CommandLine line;
    line.headless = true;
    line.allowWrites = allowWrites;
    line.allowDestructive = allowDestructive;
    QFETCH(Effects, allowed);
    const Calls::Policy policy = RulesSource(line, m_settings.get()).rules().policy;
    for (const Effect effect : Calls::changingEffects())
        QCOMPARE(policy.decide(u"any"_s, effect), allowed.testFlag(effect) ? Decision::Allow : Decision::Deny);
    QCOMPARE(policy.decide(u"any"_s, {}), Decision::Allow);
}

void TestRulesSource::theSettingsDecideWithAWindow()
{
    m_settings->setValue(Key::EffectRules, QStringList{u"adds=ask"_s, u"destroys=deny"_s});
    m_settings->setValue(Key::TrustedFunctions, QStringList{u"main.default.clean"_s});
    m_settings->setValue(Key::ToolExceptions, QStringList{u"run_job=allow"_s});
    m_settings->setValue(Key::ExportFolder, u"/somewhere"_s);
    m_settings->setValue(Key::SharedFolder, u"/shared"_s);
    CommandLine line;
    line.allowWrites = true; // of a headless run only
    const Rules rules = RulesSource(line, m_settings.get()).rules();
    QCOMPARE(rules.policy.decide(u"any"_s, Effect::Adds), Decision::Ask);
    QCOMPARE(rules.policy.decide(u"any"_s, Effect::Destroys), Decision::Deny);
    QCOMPARE(rules.policy.trustedFunctions, QStringList{u"main.default.clean"_s});
    QCOMPARE(rules.policy.exceptions.value(u"run_job"_s, Decision::Deny), Decision::Allow);
    QCOMPARE(rules.exportFolder, u"/somewhere"_s);
    QCOMPARE(rules.sharedFolder, u"/shared"_s);
}

void TestRulesSource::theCommandLineIsReadOnlyWhateverTheSettingsSay()
{
    for (const bool headless : {false, true}) {
        CommandLine line;
        line.headless = headless;
        line.readOnly = true;
        RulesSource source(line, m_settings.get());
        QVERIFY(source.rules().policy.isReadOnly());
        QVERIFY(source.mode().isFixed);
        source.setMode(Mode::Trust);
        QVERIFY(source.rules().policy.isReadOnly());
    }
}

void TestRulesSource::damagedSettingsMakeAHeadlessRunReadOnly_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("emptied") << QByteArray();
    QTest::newRow("nonsense") << QByteArray("\0\0\0\0", 4);
}

void TestRulesSource::damagedSettingsMakeAHeadlessRunReadOnly()
{
    QFETCH(const QByteArray, file);
    m_settings.reset();
    QFile settings(m_dir->filePath(u"settings.ini"_s));
    QVERIFY(settings.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(settings.write(file), file.size());
    settings.close();
    CommandLine line;
    line.headless = true;
    line.allowWrites = true;
    line.allowDestructive = true;
    // Once more: what was found at an earlier start holds still.
    for (int start = 0; start < 2; ++start) {
        m_settings = std::make_unique<Settings::Store>(m_dir->path());
        const Calls::Policy policy = RulesSource(line, m_settings.get()).rules().policy;
        QVERIFY(policy.isReadOnly());
        for (const Effect effect : Calls::changingEffects())
            QCOMPARE(policy.decide(u"any"_s, effect), Decision::Deny);
        m_settings.reset();
    }
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_settings->setValue(Key::ReadOnly, false);
    QVERIFY(!RulesSource(line, m_settings.get()).rules().policy.isReadOnly());
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
    m_settings->setValue(Key::EffectRules, QStringList{u"adds=deny"_s});
    QCOMPARE(changed.count(), 0);
    QTRY_COMPARE(changed.count(), 1);
    m_settings->setValue(Key::Port, 9090);
    QTest::qWait(20);
    QCOMPARE(changed.count(), 1);
}

void TestRulesSource::trustIsKeptNowhereAndEnds()
{
    RulesSource source(CommandLine(), m_settings.get());
    QSignalSpy told(&source, &RulesSource::modeChanged);
    source.setMode(Mode::Trust, std::chrono::minutes(15));
    QCOMPARE(source.rules().policy.mode, Mode::Trust);
    const QDateTime until = source.mode().trustUntil;
    QVERIFY(qAbs(QDateTime::currentDateTimeUtc().secsTo(until) - 15 * 60) < 5);
    QTRY_COMPARE(told.count(), 1);
    QCOMPARE(RulesSource(CommandLine(), m_settings.get()).rules().policy.mode, Mode::Ask);

    source.endTrust();
    QCOMPARE(source.rules().policy.mode, Mode::Ask);
    QTRY_COMPARE(told.count(), 2);
    source.setMode(Mode::Trust);
    QVERIFY(!source.mode().trustUntil.isValid());
}

void TestRulesSource::readOnlyEndsTrustForGood()
{
    RulesSource source(CommandLine(), m_settings.get());
    source.setMode(Mode::Trust);
    source.setMode(Mode::ReadOnly);
    QVERIFY(source.rules().policy.isReadOnly());
    QVERIFY(RulesSource(CommandLine(), m_settings.get()).rules().policy.isReadOnly());
    source.setMode(Mode::Ask);
    QCOMPARE(source.rules().policy.mode, Mode::Ask);
    // Switched by whoever writes the setting, it does not come back either.
    source.setMode(Mode::Trust);
    m_settings->setValue(Key::ReadOnly, true);
    m_settings->setValue(Key::ReadOnly, false);
    QCOMPARE(source.rules().policy.mode, Mode::Ask);
}

QTEST_GUILESS_MAIN(TestRulesSource)
#include "tst_rulessource.moc"
