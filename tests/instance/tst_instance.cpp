#include "instance/instance.h"
#include "instance/socketnames.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <list>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Instance::RunningInstance;

/// The other processes are this executable, started as `tst_instance --as own|ask DIR [WORD]`.
class TestInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneOwnsAFolder();
    void askWithoutInstanceGivesNothing();
    void laterStartIsAnswered();
    void knownAnswersDoNotWait();
    void severalAreAnsweredBesideOneThatHangs();
    void clientThatHangsIsDropped();
    void tooLongARequestIsDropped();
    void killedOwnerLeavesNothingInTheWay();
    void lockOfAnotherContainerIsTaken();
    void socketOfALivingOwnerStays();
    void mutedInstanceIsGivenUp();
    void socketIsTheOwnersAlone();
    void longPathsFindAShorterPlace();
    void unwritableFolderIsSaid();

private:
    QTemporaryDir m_runtime;
};

namespace {

QString program()
{
    return QCoreApplication::applicationFilePath();
}

/// Asks from a process of its own, while this one's event loop runs.
class Asking
{
public:
    Asking(const QString &dataDir, const QString &word)
    {
        process.start(program(), {u"--as"_s, u"ask"_s, dataDir, word});
    }

    QString answer()
    {
        const auto isDone = [this] { return process.state() == QProcess::NotRunning; };
        return QTest::qWaitFor(isDone, 10000) ? QString::fromUtf8(process.readAllStandardOutput()) : u"timeout"_s;
    }

    QProcess process;
};

QString echo(const QString &request)
{
    return u"you said "_s + request;
}

bool startOwner(QProcess &process, const QString &dataDir)
{
    process.start(program(), {u"--as"_s, u"own"_s, dataDir});
    return process.waitForReadyRead(10000) && process.readAllStandardOutput() == "serving\n";
}

int beOwner(const QString &dataDir)
{
    RunningInstance instance(dataDir);
    if (!instance.acquire() || !instance.serve(echo))
        return 1;
    std::puts("serving");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int beAsker(const QString &dataDir, const QString &word)
{
    RunningInstance instance(dataDir);
    const std::optional<QString> answer = instance.ask(word, 5s);
    std::fputs(answer ? qUtf8Printable(*answer) : "nothing", stdout);
    return 0;
}

} // namespace

void TestInstance::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
}

void TestInstance::oneOwnsAFolder()
{
    QTemporaryDir folder;
    QTemporaryDir other;
    RunningInstance first(folder.path());
    QVERIFY(first.acquire());
    QVERIFY(first.acquire());
    RunningInstance second(folder.path());
    QVERIFY(!second.acquire());
    QProcess third;
    third.start(program(), {u"--as"_s, u"own"_s, folder.path()});
    QVERIFY(third.waitForFinished());
    QCOMPARE(third.exitCode(), 1);
    RunningInstance elsewhere(other.path());
    QVERIFY(elsewhere.acquire());
}

void TestInstance::askWithoutInstanceGivesNothing()
{
    QTemporaryDir folder;
    QCOMPARE(RunningInstance(folder.path()).ask(u"show"_s, 1s), std::nullopt);
}

void TestInstance::laterStartIsAnswered()
{
    QTemporaryDir folder;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(instance.serve(echo));
    QCOMPARE(Asking(folder.path(), u"status"_s).answer(), u"you said status"_s);
    // The same folder by another name.
    const QString link = folder.path() + u"-link"_s;
    QVERIFY(QFile::link(folder.path(), link));
    QCOMPARE(Asking(link, u"grüß"_s).answer(), u"you said grüß"_s);
    QVERIFY(QFile::remove(link));
}

void TestInstance::knownAnswersDoNotWait()
{
    QTemporaryDir folder;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    instance.setAnswer(u"endpoint"_s, u"here"_s);
    QVERIFY(instance.serve(echo));
    for (const QString &place : {u"here"_s, u"there"_s}) {
        instance.setAnswer(u"endpoint"_s, place);
        Asking status(folder.path(), u"status"_s);
        Asking endpoint(folder.path(), u"endpoint"_s);
        // Meanwhile no event loop runs in this thread.
        QVERIFY(endpoint.process.waitForFinished());
        QCOMPARE(endpoint.answer(), place);
        QCOMPARE(status.answer(), u"you said status"_s);
    }
}

void TestInstance::severalAreAnsweredBesideOneThatHangs()
{
    QTemporaryDir folder;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(instance.serve(echo));
    QLocalSocket hanging;
    hanging.connectToServer(Instance::socketNames(folder.path()).first());
    hanging.write("sta");
    std::list<Asking> askers;
    for (const QString &word : {u"one"_s, u"two"_s, u"three"_s, u"four"_s})
        askers.emplace_back(folder.path(), word);
    QCOMPARE(askers.front().answer(), u"you said one"_s);
    QCOMPARE(askers.back().answer(), u"you said four"_s);
    QCOMPARE(hanging.state(), QLocalSocket::ConnectedState);
}

void TestInstance::clientThatHangsIsDropped()
{
    QTemporaryDir folder;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(instance.serve(echo));
    QLocalSocket hanging;
    hanging.connectToServer(Instance::socketNames(folder.path()).first());
    QVERIFY(hanging.waitForConnected());
    QTRY_COMPARE_WITH_TIMEOUT(hanging.state(), QLocalSocket::UnconnectedState, 6000);
}

void TestInstance::tooLongARequestIsDropped()
{
    QTemporaryDir folder;
    bool wasCalled = false;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(instance.serve([&wasCalled](const QString &) {
        wasCalled = true;
        return QString();
    }));
    QLocalSocket client;
    client.connectToServer(Instance::socketNames(folder.path()).first());
    QVERIFY(client.waitForConnected());
    client.write(QByteArray(5000, 'x') + '\n');
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QLocalSocket::UnconnectedState, 2000);
    QVERIFY(!wasCalled);
}

void TestInstance::killedOwnerLeavesNothingInTheWay()
{
    QTemporaryDir folder;
    QProcess owner;
    QVERIFY(startOwner(owner, folder.path()));
    RunningInstance next(folder.path());
    QVERIFY(!next.acquire());
    owner.kill();
    QVERIFY(owner.waitForFinished());
    QVERIFY(QFileInfo::exists(Instance::socketNames(folder.path()).first()));
    QCOMPARE(next.ask(u"show"_s, 1s), std::nullopt);
    QVERIFY(next.acquire());
    QVERIFY2(next.serve(echo), qPrintable(next.problem()));
    QCOMPARE(Asking(folder.path(), u"show"_s).answer(), u"you said show"_s);
}

void TestInstance::lockOfAnotherContainerIsTaken()
{
    // A container that was killed: the process id is ours again, the host name is not.
    QTemporaryDir folder;
    QFile lock(folder.filePath(u"bricktray.lock"_s));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write(QByteArray::number(QCoreApplication::applicationPid()) + "\n" +
               QFileInfo(program()).fileName().toUtf8() + "\n0123456789ab\n");
    lock.close();
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(!RunningInstance(folder.path()).acquire());
}

void TestInstance::socketOfALivingOwnerStays()
{
    QTemporaryDir folder;
    QProcess owner;
    QVERIFY(startOwner(owner, folder.path()));
    {
        RunningInstance intruder(folder.path());
        QVERIFY(!intruder.acquire());
        QVERIFY(!intruder.serve(echo));
        QVERIFY(!intruder.problem().isEmpty());
    }
    QCOMPARE(Asking(folder.path(), u"still"_s).answer(), u"you said still"_s);
    owner.terminate();
    QVERIFY(owner.waitForFinished());
}

void TestInstance::mutedInstanceIsGivenUp()
{
    QTemporaryDir folder;
    QLocalServer mute;
    QVERIFY(mute.listen(Instance::socketNames(folder.path()).first()));
    QElapsedTimer watch;
    watch.start();
    QCOMPARE(RunningInstance(folder.path()).ask(u"show"_s, 300ms), std::nullopt);
    QVERIFY2(watch.elapsed() >= 290 && watch.elapsed() < 3000, qPrintable(QString::number(watch.elapsed())));
}

void TestInstance::socketIsTheOwnersAlone()
{
    QTemporaryDir folder;
    RunningInstance instance(folder.path());
    QVERIFY(instance.acquire());
    QVERIFY(instance.serve(echo));
    const QFileInfo socket(Instance::socketNames(folder.path()).first());
    QVERIFY(socket.exists());
    QVERIFY(!(socket.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
}

void TestInstance::longPathsFindAShorterPlace()
{
    QTemporaryDir folder;
    const QString deep = folder.filePath(QString(120, u'd'));
    QVERIFY(QDir().mkdir(deep));
    qunsetenv("XDG_RUNTIME_DIR");
    qputenv("TMPDIR", QFile::encodeName(m_runtime.path()));
    const QStringList names = Instance::socketNames(deep);
    RunningInstance instance(deep);
    const bool serves = instance.acquire() && instance.serve(echo);
    const QString answer = Asking(deep, u"deep"_s).answer();
    qunsetenv("TMPDIR");
    initTestCase();
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QVERIFY2(QFile::encodeName(name).size() < 100, qPrintable(name));
    QVERIFY2(serves, qPrintable(instance.problem()));
    QCOMPARE(answer, u"you said deep"_s);
}

void TestInstance::unwritableFolderIsSaid()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    RunningInstance instance(file.fileName() + u"/data"_s);
    QVERIFY(instance.acquire());
    QVERIFY2(instance.problem().contains(u"can't be written"), qPrintable(instance.problem()));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--as")
        return arguments.value(2) == u"own" ? beOwner(arguments.value(3))
                                            : beAsker(arguments.value(3), arguments.value(4));
    TestInstance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_instance.moc"
