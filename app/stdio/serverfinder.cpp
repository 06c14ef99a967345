#include "stdio/serverfinder.h"

#include "instance/instance.h"

#include <QProcess>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Instance::ServerAccess::State;

namespace Stdio {

namespace {

constexpr auto Pause = 100ms;
constexpr auto LongestAsking = 3s;

/// A server that is started anew with other settings is stopped for a moment.
constexpr auto MomentaryStop = 2s;

/// Runs in a thread of its own.
QString askInstance(const QString &dataDir)
{
    Instance::RunningInstance instance(dataDir);
    return instance.ask(QString::fromLatin1(Instance::AccessRequest), LongestAsking).value_or(QString());
}

QString notServing(const Instance::ServerAccess &server)
{
    if (server.state == State::Stopped)
        return u"Bricktray's server is stopped. Start it in Bricktray's window, or with bricktray --start."_s;
    return server.message.isEmpty() ? u"Bricktray does not serve."_s
                                    : u"Bricktray does not serve: %1"_s.arg(server.message);
}

} // namespace

ServerFinder::ServerFinder(const QString &dataDir, const Launch &launch, QObject *parent)
    : QObject(parent)
    , m_dataDir(dataDir)
    , m_launch(launch)
{
    m_again.setSingleShot(true);
    m_again.setInterval(Pause);
    connect(&m_again, &QTimer::timeout, this, &ServerFinder::ask);
}

ServerFinder::~ServerFinder()
{
    if (m_asking)
        m_asking->wait();
    delete m_asking;
}

void ServerFinder::find(Effort effort)
{
    if (effort == Effort::StartIfNeeded)
        m_effort = effort;
    if (std::exchange(m_isSearching, true))
        return;
    m_hasStarted = false;
    m_search.start();
    ask();
}

void ServerFinder::ask()
{
    const auto answer = std::make_shared<QString>();
    m_asking = QThread::create([answer, dataDir = m_dataDir] { *answer = askInstance(dataDir); });
    connect(m_asking, &QThread::finished, this, [this, answer] {
        m_asking->wait();
        std::exchange(m_asking, nullptr)->deleteLater();
        take(*answer);
    });
    m_asking->start();
}

void ServerFinder::take(const QString &answer)
{
    const std::optional<Instance::ServerAccess> server = Instance::ServerAccess::fromLine(answer);
    if (server && server->state == State::Running) {
        m_isSearching = false;
        m_effort = Effort::AskOnly;
        Q_EMIT found(*server);
    } else if (server) {
        waitOrFail(server->state == State::Starting ? LongestStart : MomentaryStop, notServing(*server));
    } else if (!answer.isEmpty()) {
        fail(u"The Bricktray that runs is another version and does not say where it serves. Quit it and try again."_s);
    } else if (m_hasStarted) {
        waitOrFail(LongestStart,
                   u"Bricktray was started, but did not come up within %1 seconds. Start it by hand to "
                   "see why."_s.arg(std::chrono::duration_cast<std::chrono::seconds>(LongestStart).count()));
    } else if (m_effort == Effort::StartIfNeeded) {
        start();
    } else {
        fail(u"Bricktray is not running."_s);
    }
}

void ServerFinder::start()
{
    m_hasStarted = true;
    QProcess process;
    process.setProgram(m_launch.program);
    process.setArguments(m_launch.arguments);
    // Its words are not for the client: they may hold the access key, and stdout is the protocol's.
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (!process.startDetached()) {
        fail(u"Bricktray can't be started: %1"_s.arg(process.errorString()));
        return;
    }
    Q_EMIT starting();
    m_again.start();
}

void ServerFinder::waitOrFail(std::chrono::milliseconds patience, const QString &reason)
{
    if (m_search.hasExpired(patience.count()))
        fail(reason);
    else
        m_again.start();
}

void ServerFinder::fail(const QString &reason)
{
    m_isSearching = false;
    m_effort = Effort::AskOnly;
    Q_EMIT failed(reason);
}

} // namespace Stdio
