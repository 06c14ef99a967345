#include "stdio/endpointfinder.h"

#include "instance/instance.h"

#include <QProcess>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Instance::Endpoint::State;

namespace Stdio {

namespace {

constexpr auto Pause = 100ms;
constexpr int LongestAsking = 3000; // milliseconds

/// A server that is started anew with other settings is stopped for a moment.
constexpr auto MomentaryStop = 2s;

/// Runs in a thread of its own.
QString askInstance(const QString &dataDir)
{
    Instance::RunningInstance instance(dataDir);
    return instance.ask(QString::fromLatin1(Instance::EndpointRequest), LongestAsking).value_or(QString());
}

QString notServing(const Instance::Endpoint &endpoint)
{
    if (endpoint.state == State::Stopped)
        return u"Bricktray's server is stopped. Start it in Bricktray's window, or with bricktray --start."_s;
    return endpoint.message.isEmpty() ? u"Bricktray does not serve."_s
                                      : u"Bricktray does not serve: %1"_s.arg(endpoint.message);
}

} // namespace

EndpointFinder::EndpointFinder(const QString &dataDir, const Launch &launch, QObject *parent)
    : QObject(parent)
    , m_dataDir(dataDir)
    , m_launch(launch)
{
    m_again.setSingleShot(true);
    m_again.setInterval(Pause);
    connect(&m_again, &QTimer::timeout, this, &EndpointFinder::ask);
}

EndpointFinder::~EndpointFinder()
{
    if (m_asking)
        m_asking->wait();
    delete m_asking;
}

void EndpointFinder::find(Effort effort)
{
    if (effort == Effort::StartIfNeeded)
        m_effort = effort;
    if (std::exchange(m_isSearching, true))
        return;
    m_hasStarted = false;
    m_search.start();
    ask();
}

void EndpointFinder::ask()
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

void EndpointFinder::take(const QString &answer)
{
    const std::optional<Instance::Endpoint> endpoint = Instance::Endpoint::fromLine(answer);
    if (endpoint && endpoint->state == State::Running) {
        m_isSearching = false;
        m_effort = Effort::AskOnly;
        Q_EMIT found(*endpoint);
    } else if (endpoint) {
        waitOrFail(endpoint->state == State::Starting ? LongestStart : MomentaryStop, notServing(*endpoint));
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

void EndpointFinder::start()
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

void EndpointFinder::waitOrFail(std::chrono::milliseconds patience, const QString &reason)
{
    if (m_search.hasExpired(patience.count()))
        fail(reason);
    else
        m_again.start();
}

void EndpointFinder::fail(const QString &reason)
{
    m_isSearching = false;
    m_effort = Effort::AskOnly;
    Q_EMIT failed(reason);
}

} // namespace Stdio
