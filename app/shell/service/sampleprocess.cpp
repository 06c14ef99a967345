#include "sampleprocess.h"

#include "common/bytes.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ReadyLine = "Sample workspace at ";

/// From the start to the ready line.
constexpr auto LongestStart = 10s;
/// From one start to the next: longer each time, lest a sample that dies at once keeps the machine busy.
constexpr auto ShortestPause = 100ms;
constexpr auto LongestPause = 30s;
/// Who lived so long is well.
constexpr auto LongLife = 1min;
constexpr auto LongestFarewell = 3s;

QString programName()
{
#ifdef Q_OS_WIN
    return u"sample_workspace.exe"_s;
#else
    return u"sample_workspace"_s;
#endif
}

/// Beside the application, as it is built, or where programs lie that nobody starts by hand.
QString installedProgram()
{
    const QString folder = QCoreApplication::applicationDirPath();
    const QString beside = folder + u'/' + programName();
    const QString installed = folder + u"/../libexec/bricktray/"_s + programName();
    return !QFileInfo::exists(beside) && QFileInfo::exists(installed) ? installed : beside;
}

/// This process's own, without what is secret in it, and with the token: arguments can be read by other users.
QProcessEnvironment environment(const QByteArray &token)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith("DATABRICKS_"_L1) || name.startsWith("BRICKTRAY_"_L1))
            environment.remove(name);
    }
    environment.insert(u"SAMPLE_WORKSPACE_TOKEN"_s, QString::fromLatin1(token));
    return environment;
}

} // namespace

SampleProcess::SampleProcess(QObject *parent)
    : SampleProcess(installedProgram(), parent)
{}

SampleProcess::SampleProcess(QString program, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_pause(ShortestPause)
{
    m_process.setProgram(m_program);
    m_process.setArguments({u"--until-stdin-closes"_s});
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SampleProcess::readOutput);
    connect(&m_process, &QProcess::finished, this, &SampleProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &SampleProcess::onError);
    m_startLimit.setSingleShot(true);
    connect(&m_startLimit, &QTimer::timeout, this, &SampleProcess::onStartTimeout);
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &SampleProcess::start);
}

SampleProcess::~SampleProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (m_process.waitForFinished(std::chrono::milliseconds(LongestFarewell).count()))
        return;
    m_process.kill();
    m_process.waitForFinished(-1);
}

void SampleProcess::start()
{
    if (m_process.state() != QProcess::NotRunning)
        return;
    m_restart.stop();
    m_token = "sample-" + Bytes::random(24).toHex();
    m_process.setProcessEnvironment(environment(m_token));
    m_age.start();
    m_isOverdue = false;
    m_startLimit.start(LongestStart);
    m_process.start();
}

void SampleProcess::readOutput()
{
    while (m_process.canReadLine()) {
        const QByteArray line = m_process.readLine().trimmed();
        if (!line.startsWith(ReadyLine))
            continue;
        m_startLimit.stop();
        m_url = QUrl(QString::fromLatin1(line.mid(qstrlen(ReadyLine))));
        m_problem.clear();
        Q_EMIT serving();
    }
}

void SampleProcess::onStartTimeout()
{
    m_isOverdue = true;
    m_process.kill();
}

void SampleProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_startLimit.stop();
    if (std::chrono::milliseconds(m_age.elapsed()) > LongLife)
        m_pause = ShortestPause;
    m_restart.start(m_pause);
    m_pause = std::min<std::chrono::milliseconds>(2 * m_pause, LongestPause);
    if (m_isOverdue) {
        fail(u"The sample workspace was not ready within %1 seconds. It is started anew."_s.arg(LongestStart.count()));
        return;
    }
    fail(u"The sample workspace ended unexpectedly (%1). It is started anew, and what was done in it is lost."_s.arg(
        status == QProcess::CrashExit ? u"it crashed or was killed"_s : u"exit code %1"_s.arg(exitCode)));
}

void SampleProcess::onError(QProcess::ProcessError error)
{
    // Of the other errors one that counts ends the process, and that is told.
    if (error != QProcess::FailedToStart)
        return;
    m_startLimit.stop();
    fail(QFileInfo::exists(m_program)
             ? u"The sample workspace cannot be started: %1 (%2)."_s.arg(m_process.errorString(), m_program)
             : u"The sample workspace is a program of its own, and it is missing: there is no %1. Installing Bricktray "
               u"again brings it back."_s.arg(m_program));
}

void SampleProcess::fail(const QString &problem)
{
    m_url.clear();
    m_problem = problem;
    Q_EMIT failed();
}
