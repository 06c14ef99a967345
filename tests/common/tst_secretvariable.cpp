#include "common/coredumps.h"
#include "common/secretvariable.h"

#include <QTest>

#include <cstdlib>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#endif

class TestSecretVariable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTakenOnce();
    void isOverwrittenWhereItStood();
    void memoryIsNotWrittenToDisk();
};

void TestSecretVariable::isTakenOnce()
{
    qputenv("SECRET_OF_THE_TEST", "hunter2");
    QCOMPARE(takeSecretVariable("SECRET_OF_THE_TEST"), QByteArray("hunter2"));
    QVERIFY(!qEnvironmentVariableIsSet("SECRET_OF_THE_TEST"));
    QCOMPARE(takeSecretVariable("SECRET_OF_THE_TEST"), QByteArray());
}

void TestSecretVariable::isOverwrittenWhereItStood()
{
    // As the system puts it there: putenv() takes the text itself.
    static char place[] = "SECRET_OF_THE_TEST=hunter2";
    QCOMPARE(::putenv(place), 0);
    QCOMPARE(takeSecretVariable("SECRET_OF_THE_TEST"), QByteArray("hunter2"));
    QCOMPARE(QByteArray(place, sizeof place), QByteArray("SECRET_OF_THE_TEST=") + QByteArray(8, '\0'));
}

void TestSecretVariable::memoryIsNotWrittenToDisk()
{
#ifdef Q_OS_LINUX
    forbidCoreDumps();
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
    rlimit limit = {};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(limit.rlim_max, rlim_t(0));
#endif
}

QTEST_GUILESS_MAIN(TestSecretVariable)
#include "tst_secretvariable.moc"
