#include "calls/policy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Decision;
using Calls::Effect;
using Calls::Effects;
using Calls::Mode;
using Calls::Policy;

Q_DECLARE_METATYPE(Calls::Decision)
Q_DECLARE_METATYPE(Calls::Effects)
Q_DECLARE_METATYPE(Calls::Policy)

namespace {

const QString tool = QStringLiteral("run_job");

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void anExceptionIsForItsToolOnly();
    void denialNamesTheReasonAndThePerson_data();
    void denialNamesTheReasonAndThePerson();
    void effectsAreKeptAsTexts();
    void exceptionsAreKeptAsTexts();
    void nonsenseAllowsNothing();
};

void PolicyTest::decides_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<Effects>("effects");
    QTest::addColumn<Decision>("decision");

    const Policy standard;
    QTest::newRow("reads") << standard << Effects() << Decision::Allow;
    QTest::newRow("adds") << standard << Effects(Effect::Adds) << Decision::Allow;
    for (const Effect effect : {Effect::Appends, Effect::Replaces, Effect::Computes, Effect::Grants, Effect::RunsCode,
                                Effect::ReachesOut, Effect::Destroys, Effect::Unknown})
        QTest::newRow(qPrintable(Calls::effectName(effect))) << standard << Effects(effect) << Decision::Ask;
    QTest::newRow("the worst of two counts") << standard << (Effect::Adds | Effect::Grants) << Decision::Ask;

    const Policy readOnly{
        .mode = Mode::ReadOnly, .effects = {{Effect::Adds, Decision::Allow}}, .exceptions = {{tool, Decision::Allow}}};
    QTest::newRow("read-only reads") << readOnly << Effects() << Decision::Allow;
    QTest::newRow("read-only beats all that is allowed") << readOnly << Effects(Effect::Adds) << Decision::Deny;

    const Policy trusting{.mode = Mode::Trust, .effects = {{Effect::Grants, Decision::Deny}}};
    QTest::newRow("trust asks nobody") << trusting << (Effect::Destroys | Effect::Unknown) << Decision::Allow;
    QTest::newRow("trust does not lift a ban") << trusting << (Effect::Adds | Effect::Grants) << Decision::Deny;

    const Policy finer{.effects = {{Effect::Adds, Decision::Ask},
                                   {Effect::Replaces, Decision::Allow},
                                   {Effect::Destroys, Decision::Deny}}};
    QTest::newRow("stricter about adding") << finer << Effects(Effect::Adds) << Decision::Ask;
    QTest::newRow("looser about replacing") << finer << Effects(Effect::Replaces) << Decision::Allow;
    QTest::newRow("the strictest of three")
        << finer << (Effect::Adds | Effect::Replaces | Effect::Destroys) << Decision::Deny;
    QTest::newRow("what is allowed allows nothing else")
        << finer << (Effect::Replaces | Effect::Unknown) << Decision::Ask;

    const Policy allowed{.exceptions = {{tool, Decision::Allow}}};
    const Policy denied{.mode = Mode::Trust, .exceptions = {{tool, Decision::Deny}}};
    QTest::newRow("allowed by exception") << allowed << Effects(Effect::Destroys) << Decision::Allow;
    QTest::newRow("denied by exception, in spite of trust") << denied << Effects(Effect::Adds) << Decision::Deny;
    QTest::newRow("reads in spite of an exception") << denied << Effects() << Decision::Allow;
}

void PolicyTest::decides()
{
    QFETCH(Policy, policy);
    QFETCH(Effects, effects);
    QTEST(policy.decide(tool, effects), "decision");
}

void PolicyTest::anExceptionIsForItsToolOnly()
{
    const Policy policy{.exceptions = {{u"another_tool"_s, Decision::Allow}}};
    QCOMPARE(policy.decide(tool, Effect::Destroys), Decision::Ask);
}

void PolicyTest::denialNamesTheReasonAndThePerson_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<Effects>("effects");
    QTest::addColumn<QStringList>("words");
    const Policy readOnly{.mode = Mode::ReadOnly};
    for (const Effect effect : Calls::changingEffects()) {
        const QByteArray name = Calls::effectName(effect).toUtf8();
        QTest::newRow(name.constData()) << Policy() << Effects(effect) << QStringList{u"does not allow"_s};
        QTest::newRow(QByteArray("read-only " + name).constData())
            << readOnly << Effects(effect) << QStringList{u"read-only"_s};
    }
    QTest::newRow("of several the worst is named")
        << readOnly << (Effect::Adds | Effect::Destroys) << QStringList{u"deletes or interrupts"_s, u"read-only"_s};
}

void PolicyTest::denialNamesTheReasonAndThePerson()
{
    QFETCH(Policy, policy);
    QFETCH(Effects, effects);
    QFETCH(QStringList, words);
    const QString denial = Calls::denial(policy, effects);
    for (const QString &word : words)
        QVERIFY2(denial.contains(word), qPrintable(denial));
    QVERIFY(denial.contains("Bricktray's settings"_L1));
    QVERIFY(denial.contains("person"_L1));
    // A model with a shell must not learn what to start or to write.
    for (const QString &recipe : {u"--"_s, u"allow-writes"_s, u"restart"_s, u".ini"_s, u"file"_s, u"config"_s})
        QVERIFY2(!denial.contains(recipe), qPrintable(denial));
}

void PolicyTest::effectsAreKeptAsTexts()
{
    const QHash<Effect, Decision> effects{{Effect::Computes, Decision::Allow}, {Effect::Adds, Decision::Deny}};
    const QStringList texts{u"adds=deny"_s, u"creates compute=allow"_s};
    QCOMPARE(Calls::effectTexts(effects), texts);
    QCOMPARE(Calls::effectsFromTexts(texts), effects);
    // A word that is none allows nothing, an effect that is none is left out, and reading cannot be taken away.
    const QHash<Effect, Decision> denied{{Effect::Grants, Decision::Deny}};
    QCOMPARE(Calls::effectsFromTexts({u"grants=alow"_s, u"flies=allow"_s, u"reads=deny"_s}), denied);
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
