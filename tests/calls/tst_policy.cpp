#include "calls/policy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Decision;
using Calls::Effect;
using Calls::Policy;

Q_DECLARE_METATYPE(Calls::Decision)
Q_DECLARE_METATYPE(Calls::Effect)
Q_DECLARE_METATYPE(Calls::Policy)

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void defaultsRunReadsAndAskBeforeDestroying();
    void denialNamesTheReasonAndThePerson_data();
    void denialNamesTheReasonAndThePerson();
    void exceptionsAreKeptAsTexts();
    void nonsenseAllowsNothing();
};

void PolicyTest::decides_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<QString>("tool");
    QTest::addColumn<Effect>("effect");
    QTest::addColumn<Decision>("decision");

    const Policy strict{.writes = Decision::Deny, .destroys = Decision::Deny};
    const Policy open{.writes = Decision::Allow, .destroys = Decision::Allow};
    const Policy readOnly{.writes = Decision::Allow, .destroys = Decision::Allow, .readOnly = true};
    const Policy asking{.writes = Decision::Ask, .destroys = Decision::Deny};

    QTest::newRow("strict reads") << strict << u"any"_s << Effect::Reads << Decision::Allow;
    QTest::newRow("strict writes") << strict << u"any"_s << Effect::Writes << Decision::Deny;
    QTest::newRow("strict destroys") << strict << u"any"_s << Effect::Destroys << Decision::Deny;
    QTest::newRow("open writes") << open << u"any"_s << Effect::Writes << Decision::Allow;
    QTest::newRow("open destroys") << open << u"any"_s << Effect::Destroys << Decision::Allow;
    QTest::newRow("read-only reads") << readOnly << u"any"_s << Effect::Reads << Decision::Allow;
    QTest::newRow("read-only writes") << readOnly << u"any"_s << Effect::Writes << Decision::Deny;
    QTest::newRow("read-only destroys") << readOnly << u"any"_s << Effect::Destroys << Decision::Deny;
    QTest::newRow("asking reads") << asking << u"any"_s << Effect::Reads << Decision::Allow;
    QTest::newRow("asking writes") << asking << u"any"_s << Effect::Writes << Decision::Ask;
    QTest::newRow("asking destroys") << asking << u"any"_s << Effect::Destroys << Decision::Deny;

    Policy excepting{.writes = Decision::Ask, .destroys = Decision::Ask};
    excepting.exceptions = {{u"start_cluster"_s, Decision::Allow}, {u"run_job"_s, Decision::Deny}};
    QTest::newRow("allowed by exception") << excepting << u"start_cluster"_s << Effect::Writes << Decision::Allow;
    QTest::newRow("denied by exception") << excepting << u"run_job"_s << Effect::Destroys << Decision::Deny;
    QTest::newRow("no exception") << excepting << u"stop_cluster"_s << Effect::Destroys << Decision::Ask;
    QTest::newRow("reads in spite of one") << excepting << u"run_job"_s << Effect::Reads << Decision::Allow;
    excepting.readOnly = true;
    QTest::newRow("read-only beats all") << excepting << u"start_cluster"_s << Effect::Writes << Decision::Deny;
}

void PolicyTest::decides()
{
    QFETCH(Policy, policy);
    QFETCH(QString, tool);
    QFETCH(Effect, effect);
    QFETCH(Decision, decision);
    QCOMPARE(policy.decide(tool, effect), decision);
}

void PolicyTest::defaultsRunReadsAndAskBeforeDestroying()
{
    const Policy policy;
    QCOMPARE(policy.decide(u"any"_s, Effect::Reads), Decision::Allow);
    QCOMPARE(policy.decide(u"any"_s, Effect::Writes), Decision::Allow);
    QCOMPARE(policy.decide(u"any"_s, Effect::Destroys), Decision::Ask);
}

void PolicyTest::denialNamesTheReasonAndThePerson_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<Effect>("effect");
    QTest::addColumn<QStringList>("words");

    const Policy denying{.writes = Decision::Deny, .destroys = Decision::Deny};
    const Policy readOnly{.readOnly = true};
    QTest::newRow("writes") << denying << Effect::Writes << QStringList{u"changes"_s, u"does not allow"_s};
    QTest::newRow("destroys") << denying << Effect::Destroys << QStringList{u"deletes"_s, u"does not allow"_s};
    QTest::newRow("read-only writes") << readOnly << Effect::Writes << QStringList{u"changes"_s, u"read-only"_s};
    QTest::newRow("read-only destroys") << readOnly << Effect::Destroys << QStringList{u"deletes"_s, u"read-only"_s};
}

void PolicyTest::denialNamesTheReasonAndThePerson()
{
    QFETCH(Policy, policy);
    QFETCH(Effect, effect);
    QFETCH(QStringList, words);
    const QString denial = policy.denial(effect);
    for (const QString &word : words)
        QVERIFY2(denial.contains(word), qPrintable(denial));
    QVERIFY(denial.contains("Bricktray's settings"_L1));
    QVERIFY(denial.contains("person"_L1));
    // A model with a shell must not learn what to start or to write.
    for (const QString &recipe : {u"--"_s, u"allow-writes"_s, u"restart"_s, u".ini"_s, u"file"_s, u"config"_s})
        QVERIFY2(!denial.contains(recipe), qPrintable(denial));
}

void PolicyTest::exceptionsAreKeptAsTexts()
{
    const QHash<QString, Decision> exceptions{
        {u"stop_cluster"_s, Decision::Ask}, {u"run_job"_s, Decision::Deny}, {u"delete_job"_s, Decision::Allow}};
    const QStringList texts{u"delete_job=allow"_s, u"run_job=deny"_s, u"stop_cluster=ask"_s};
    QCOMPARE(Calls::exceptionTexts(exceptions), texts);
    QCOMPARE(Calls::exceptionsFromTexts(texts), exceptions);
}

void PolicyTest::nonsenseAllowsNothing()
{
    const QHash<QString, Decision> exceptions{{u"run_job"_s, Decision::Deny}, {u"stop_cluster"_s, Decision::Ask}};
    QCOMPARE(Calls::exceptionsFromTexts({u"run_job=alow"_s, u"=allow"_s, u""_s, u" stop_cluster = Ask "_s}),
             exceptions);
    QCOMPARE(Calls::exceptionsFromTexts({u"run_job"_s}).value(u"run_job"_s), Decision::Deny);
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "tst_policy.moc"
