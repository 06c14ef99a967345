#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

/// The program as it is started by hand, without a window: what it says of itself, and what it leaves for others to
/// see.
class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void secretsAreNotLeftForOthersToRead();
    void emptiedSettingsAreTold();
    void dangerousChoicesAreTold_data();
    void dangerousChoicesAreTold();
    void journalThatFailsWhileItRunsIsTold();
    void folderOpenToOthersIsRefused_data();
    void folderOpenToOthersIsRefused();
    void laterStartsLeaveTheSettingsAlone();

private:
    void start(const QStringList &arguments);
    QString status();
    QString folder() const { return m_folder->filePath(u"data"_s); }
    QString errors()
    {
        m_errors += QString::fromUtf8(m_program->readAllStandardError());
        return m_errors;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_program;
    QString m_errors;
    quint16 m_port = 0;
};

namespace {

const QString Key = u"bricktray_key-of-this-test"_s;
const QString Token = u"dapi-of-this-test"_s;

QString program()
{
    return QCoreApplication::applicationDirPath() + u"/../bin/bricktray"_s;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QProcessEnvironment environment(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_RUNTIME_DIR"_s, home);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=%1/no-bus"_s.arg(home));
    environment.insert(u"BRICKTRAY_ACCESS_KEY"_s, Key);
    environment.insert(u"DATABRICKS_HOST"_s, u"https://workspace.invalid"_s);
    environment.insert(u"DATABRICKS_TOKEN"_s, Token);
    return environment;
}

QByteArray contents(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &fileName, const QByteArray &bytes)
{
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

void TestProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkdir(folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_errors.clear();
}

void TestProgram::cleanup()
{
    if (!m_program)
        return;
    m_program->terminate();
    QVERIFY(m_program->waitForFinished());
    m_program.reset();
}

void TestProgram::start(const QStringList &arguments)
{
    m_program = std::make_unique<QProcess>();
    m_program->setProcessEnvironment(environment(m_folder->path()));
    // As far as it may: a disk that is full kills nobody.
    m_program->setChildProcessModifier([] { std::signal(SIGXFSZ, SIG_IGN); });
    m_port = freePort();
    m_program->start(program(),
                     QStringList{u"--headless"_s, u"--port"_s, QString::number(m_port), u"--data-dir"_s, folder()} +
                         arguments);
    QString output;
    QTRY_VERIFY2_WITH_TIMEOUT(
        (output += QString::fromUtf8(m_program->readAllStandardOutput())).contains(u"is serving"_s) ||
            m_program->state() == QProcess::NotRunning,
        qPrintable(errors()), 20'000);
}

QString TestProgram::status()
{
    QProcess later;
    later.setProcessEnvironment(environment(m_folder->path()));
    later.start(program(), {u"--status"_s, u"--data-dir"_s, folder()});
    return later.waitForFinished() ? QString::fromUtf8(later.readAllStandardOutput()) : QString();
}

void TestProgram::secretsAreNotLeftForOthersToRead()
{
#ifdef Q_OS_LINUX
    start({});
    const QString process = u"/proc/%1/"_s.arg(m_program->processId());
    QTRY_VERIFY2(errors().contains(u"workspace.invalid"_s), "it knows the address, and so the token, all the same");
    const QByteArray left = contents(process + u"environ"_s);
    QVERIFY(left.contains("DATABRICKS_HOST="));
    QVERIFY(!left.contains(Token.toUtf8()));
    QVERIFY(!left.contains(Key.toUtf8()));
    QVERIFY(!contents(process + u"cmdline"_s).contains(Key.toUtf8()));
    const QList<QByteArray> limits = contents(process + u"limits"_s).split('\n');
    const auto core = std::find_if(limits.begin(), limits.end(),
                                   [](const QByteArray &line) { return line.startsWith("Max core file size"); });
    QVERIFY(core != limits.end());
    QCOMPARE(core->simplified(), QByteArray("Max core file size 0 0 bytes"));
#endif
}

void TestProgram::emptiedSettingsAreTold()
{
    write(folder() + u"/settings.ini"_s, {});
    start({u"--allow-writes"_s});
    QTRY_VERIFY2(errors().contains(u"was damaged or emptied"_s), qPrintable(errors()));
    QVERIFY2(status().contains(u"was damaged or emptied"_s), qPrintable(status()));
    QVERIFY2(errors().contains(u"What the command line allows does not count"_s), qPrintable(errors()));
}

void TestProgram::dangerousChoicesAreTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("other machines") << QStringList{u"--listen"_s, u"0.0.0.0"_s} << u"nothing is encrypted"_s;
    QTest::newRow("no key") << QStringList{u"--no-access-key"_s} << u"No access key is asked for"_s;
}

void TestProgram::dangerousChoicesAreTold()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, words);
    start(arguments);
    QTRY_VERIFY2(errors().contains(words), qPrintable(errors()));
    QVERIFY2(status().contains(u"Problem: "_s) && status().contains(words), qPrintable(status()));
}

void TestProgram::journalThatFailsWhileItRunsIsTold()
{
#ifdef Q_OS_LINUX
    start({});
    QVERIFY(!status().contains(u"journal"_s));
    const rlimit full{4096, 4096};
    QCOMPARE(::prlimit(pid_t(m_program->processId()), RLIMIT_FSIZE, &full, nullptr), 0);
    // A request without a key is journalled as refused.
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    QVERIFY(socket.waitForConnected());
    socket.write("POST /mcp HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_port) +
                 "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    QTRY_VERIFY2(errors().contains(u"The journal could not be written"_s), qPrintable(errors()));
    QVERIFY2(status().contains(u"1 calls wait to be written"_s), qPrintable(status()));
#endif
}

void TestProgram::folderOpenToOthersIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("headless") << QStringList{u"--headless"_s};
    QTest::newRow("relay") << QStringList{u"--stdio"_s};
    QTest::newRow("request") << QStringList{u"--status"_s};
}

void TestProgram::folderOpenToOthersIsRefused()
{
#ifdef Q_OS_LINUX
    QFETCH(const QStringList, arguments);
    QCOMPARE(::chmod(QFile::encodeName(folder()).constData(), 0777), 0);
    QProcess refused;
    refused.setProcessEnvironment(environment(m_folder->path()));
    refused.start(program(), arguments + QStringList{u"--data-dir"_s, folder()});
    QVERIFY(refused.waitForFinished());
    QCOMPARE(refused.exitCode(), 1);
    const QString words = QString::fromUtf8(refused.readAllStandardError());
    QVERIFY2(words.contains(u"other users can write to it"_s) && words.contains(folder()), qPrintable(words));
    QVERIFY2(QDir(folder()).isEmpty(), "nothing is made there");
#endif
}

void TestProgram::laterStartsLeaveTheSettingsAlone()
{
    start({});
    const QString file = folder() + u"/settings.ini"_s;
    write(file, {});
    QVERIFY(!status().isEmpty());
    QVERIFY2(contents(file).isEmpty(), "the running one knows better what they were");
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
