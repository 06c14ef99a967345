#include "shell/service/sampleprocess.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
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
    void isKilledWhenItDoesNotBecomeReady();
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

void TestSampleProcess::isKilledWhenItDoesNotBecomeReady()
{
#ifndef Q_OS_UNIX
    QSKIP("The silent program is a shell script.");
#else
    const QTemporaryDir folder;
    const QString program = folder.filePath(u"silent"_s);
    QFile script(program);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nexec sleep 100\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    SampleProcess sample(program);
    QSignalSpy serving(&sample, &SampleProcess::serving);
    QSignalSpy failed(&sample, &SampleProcess::failed);
    sample.start();
    QTRY_VERIFY(sample.processId() != 0);
    const auto process = pid_t(sample.processId());
    QVERIFY(failed.wait(20'000));
    QVERIFY(!sample.isServing());
    QVERIFY2(sample.problem().contains("was not ready within 10 seconds"_L1), qPrintable(sample.problem()));
    QCOMPARE(::kill(process, 0), -1);
    // It is started anew, as one that died is.
    QTRY_VERIFY(sample.processId() != 0 && sample.processId() != process);
    QCOMPARE(serving.count(), 0);
#endif
}

QTEST_GUILESS_MAIN(TestSampleProcess)
#include "tst_sampleprocess.moc"
