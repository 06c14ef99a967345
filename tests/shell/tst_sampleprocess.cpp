#include "shell/service/sampleprocess.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

class TestSampleProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesUntilItIsDestroyed();
    void isStartedAnewWhenItDies();
    void aMissingProgramIsNamed();
};

void TestSampleProcess::servesUntilItIsDestroyed()
{
    auto sample = std::make_unique<SampleProcess>();
    QSignalSpy serving(sample.get(), &SampleProcess::serving);
    sample->start();
    QVERIFY(!sample->isServing());
    QVERIFY(serving.wait(20'000));
    QCOMPARE(sample->url().host(), u"127.0.0.1"_s);
    QVERIFY(sample->url().port() > 0);
    QVERIFY(sample->token().startsWith("sample-"));
    QVERIFY(sample->problem().isEmpty());
#ifdef Q_OS_UNIX
    const auto process = pid_t(sample->processId());
    QCOMPARE(::kill(process, 0), 0);
    sample.reset();
    QCOMPARE(::kill(process, 0), -1);
#endif
}

void TestSampleProcess::isStartedAnewWhenItDies()
{
#ifndef Q_OS_UNIX
    QSKIP("It is killed with a signal.");
#else
    SampleProcess sample;
    QSignalSpy serving(&sample, &SampleProcess::serving);
    QSignalSpy failed(&sample, &SampleProcess::failed);
    sample.start();
    QVERIFY(serving.wait(20'000));
    const QByteArray token = sample.token();
    QCOMPARE(::kill(pid_t(sample.processId()), SIGKILL), 0);
    QVERIFY(failed.wait());
    QVERIFY(!sample.isServing());
    QVERIFY2(sample.problem().contains("killed"_L1), qPrintable(sample.problem()));
    QVERIFY(serving.wait(20'000));
    QVERIFY(sample.problem().isEmpty());
    QVERIFY(sample.token() != token);
    QCOMPARE(failed.count(), 1);
#endif
}

void TestSampleProcess::aMissingProgramIsNamed()
{
    SampleProcess sample(u"/nowhere/sample_workspace"_s);
    QSignalSpy failed(&sample, &SampleProcess::failed);
    sample.start();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!sample.isServing());
    QVERIFY2(sample.problem().contains("/nowhere/sample_workspace"_L1), qPrintable(sample.problem()));
}

QTEST_GUILESS_MAIN(TestSampleProcess)
#include "tst_sampleprocess.moc"
