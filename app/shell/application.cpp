#include "application.h"

#include "shell/relay.h"
#include "shell/statustext.h"
#include "tools/host/catalogue.h"

#include <QCoreApplication>

#include <utility>

using ServerState = Gui::ServerStatus::State;
using WorkspaceState = Gui::WorkspaceStatus::State;

namespace {

Service::Options serviceOptions(const CommandLine &commandLine, const Settings::Store &settings)
{
    Service::Options options;
    options.journalFile = settings.journalFile();
    options.retention.days = settings.value(Settings::Key::JournalDays).toInt();
    options.hasWindow = !commandLine.headless;
    return options;
}

Gui::ToolsetInfo infoOf(const Tools::Toolset &toolset)
{
    Gui::ToolsetInfo info;
    info.name = toolset.name;
    info.description = QCoreApplication::translate("Toolsets", toolset.description);
    info.onByDefault = toolset.name == Tools::DefaultToolset;
    for (const Tools::Tool *tool : Tools::toolsOf({toolset.name})) {
        info.tools.append(tool->name);
        if (tool->effects)
            info.changing.append(tool->name);
    }
    return info;
}

} // namespace

Application::Application(CommandLine commandLine, Settings::Store *settings, Credentials::Keychain *keychain,
                         QObject *parent)
    : Gui::Controller(parent)
    , m_commandLine(std::move(commandLine))
    , m_settings(settings)
    , m_workspaceSource({.sample = m_commandLine.sampleWorkspace,
                         .profile = m_commandLine.profile,
                         .headless = m_commandLine.headless},
                        settings, keychain)
    , m_accessKey(m_commandLine, settings, keychain)
    , m_rules(m_commandLine, settings)
    , m_thread(serviceOptions(m_commandLine, *settings))
{
    connectSources();
    connectProblems();
    connectServer();
    connectWorkspace();
    const Service *service = m_thread.service();
    connect(service, &Service::callOpened, this, &Gui::Controller::callOpened);
    connect(service, &Service::callChanged, this, &Gui::Controller::callChanged);
    connect(service, &Service::callsLoaded, this, &Gui::Controller::callsLoaded);
    connect(service, &Service::approvalRequested, this, &Gui::Controller::approvalRequested);
    connect(service, &Service::approvalSettled, this, &Gui::Controller::approvalSettled);
    connect(service, &Service::grantsChanged, this, [this](const QList<Calls::Grant> &grants) {
        m_grants = grants;
        Q_EMIT grantsChanged(grants);
    });
    connect(service, &Service::runningCallsChanged, this, &Gui::Controller::runningCallsChanged);
    connect(&m_thread, &ServiceThread::finished, this, &Application::finished);
    m_thread.start();
}

Application::~Application() = default;

void Application::connectSources()
{
    connect(&m_workspaceSource, &WorkspaceSource::chosen, this, &Application::useWorkspace);
    connect(&m_rules, &RulesSource::changed, this, [this] { m_thread.call(&Service::useRules, m_rules.rules()); });
    if (!m_commandLine.headless)
        followSessionLock();
    connect(&m_rules, &RulesSource::modeChanged, this, [this] { Q_EMIT modeChanged(mode()); });
    connect(&m_accessKey, &AccessKeySource::changed, this, [this] {
        tellOfTemporaryKey();
        if (m_accessKey.isKnown())
            followAccessKey();
        Q_EMIT serverStatusChanged(serverStatus());
    });
    connect(&m_accessKey, &AccessKeySource::loaded, this, &Application::followAccessKey);
}

/// What was given to who sat here is not for who comes next.
void Application::followSessionLock()
{
    m_lock = std::make_unique<SessionLock>();
    connect(m_lock.get(), &SessionLock::left, this, [this] {
        m_rules.endTrust();
        m_thread.call(&Service::endGrants);
    });
}

void Application::connectProblems()
{
    using Source = Problems::Source;
    connect(&m_problems, &Problems::changed, this, &Gui::Controller::problemsChanged);
    m_problems.set(Source::Settings, settingsProblem());
    connect(m_settings, &Settings::Store::problemChanged, this,
            [this] { m_problems.set(Source::Settings, settingsProblem()); });
    connect(m_thread.service(), &Service::journalProblemChanged, this,
            [this](const QString &problem) { m_problems.set(Source::Journal, problem); });
    if (!m_commandLine.isLoopback())
        m_problems.set(
            Source::Listening,
            tr("Other machines can reach this server at %1, and nothing is encrypted on the way: who listens "
               "there can read the access key and every answer. Put a proxy with TLS in front of it.")
                .arg(m_commandLine.listenAddress.toString()));
    connect(&m_accessKey, &AccessKeySource::loaded, this, [this] {
        m_problems.set(Source::AccessKey,
                       m_accessKey.isRequired()
                           ? QString()
                           : tr("No access key is asked for: every program on this machine, of every "
                                "user, can use the workspace through Bricktray."));
    });
}

QString Application::settingsProblem() const
{
    const QString problem = m_settings->problem();
    if (!m_commandLine.headless || !m_settings->isHeldBack())
        return problem;
    return problem + u' ' +
           tr("What the command line allows does not count until then: switch read-only off in the window of a run "
              "with this data folder, or remove the file.");
}

void Application::connectServer()
{
    const Service *service = m_thread.service();
    connect(service, &Service::serverStarted, this, [this](const QUrl &url) {
        m_server.url = url;
        setServer(ServerState::Running);
        Q_EMIT serverStarted();
    });
    connect(service, &Service::serverStopped, this, [this] {
        // It may have been started anew meanwhile.
        if (!m_startWanted)
            setServer(ServerState::Stopped);
    });
    connect(service, &Service::serverFailed, this,
            [this](const QString &message) { setServer(ServerState::Failed, message); });
}

void Application::connectWorkspace()
{
    const Service *service = m_thread.service();
    connect(service, &Service::sessionReady, this, [this](const QUrl &host) {
        if (m_workspace.sample)
            m_workspace.host = host;
    });
    connect(service, &Service::signedIn, this, [this](int session, const QString &user) {
        if (session != m_session)
            return;
        m_workspace.user = user;
        setWorkspace(WorkspaceState::Connected);
    });
    connect(service, &Service::workspaceFailed, this, [this](int session, const QString &message, bool unauthorized) {
        if (session != m_session)
            return;
        setWorkspace(unauthorized ? WorkspaceState::Unauthorized : WorkspaceState::Failed, message);
        Q_EMIT clustersFailed(message);
    });
    connect(service, &Service::clustersUpdated, this, [this](const QList<Monitor::Cluster> &clusters) {
        // A poll that works again is the end of a failure.
        if (m_workspace.state == WorkspaceState::Failed)
            setWorkspace(m_workspace.user.isEmpty() ? WorkspaceState::Connecting : WorkspaceState::Connected);
        Q_EMIT clustersUpdated(clusters);
    });
    connect(service, &Service::clusterSettled, this, &Gui::Controller::clusterSettled);
}

void Application::begin()
{
    reloadSettings();
    if (m_commandLine.headless || m_settings->value(Settings::Key::StartServerWithApp).toBool())
        startServer();
}

void Application::useWorkspace(const WorkspaceChoice &choice)
{
    if (choice.profile.name != m_workspace.profile || choice.profile.host != m_workspace.host)
        m_rules.endTrust();
    m_settings->useProfile(choice.profile.name);
    SessionConfiguration configuration;
    configuration.number = ++m_session;
    configuration.profile = choice.profile.name;
    configuration.host = choice.profile.host;
    configuration.token = choice.token;
    configuration.missingToken = choice.missingToken;
    configuration.sample = choice.sample;
    configuration.defaultClusterId = choice.profile.defaultClusterId;
    configuration.defaultWarehouseId = choice.profile.defaultWarehouseId;
    configuration.rules = m_rules.rules();
    m_thread.call(&Service::useSession, configuration);

    m_workspace = {};
    m_workspace.sample = choice.sample;
    m_workspace.profile = choice.profile.name;
    m_workspace.host = choice.profile.host;
    setWorkspace(choice.state, choice.message);
}

void Application::tellOfTemporaryKey()
{
    if (m_accessKey.problem().isEmpty() || std::exchange(m_toldKey, m_accessKey.key()) == m_accessKey.key())
        return;
    Q_EMIT accessKeyIsTemporary(m_accessKey.problem());
}

void Application::followAccessKey()
{
    // Open streams end with a listener, so it starts anew only where it has to be another one.
    const bool isRunning = m_server.state == ServerState::Running && endpoint().isSameListener(m_endpoint);
    if (m_startWanted && !isRunning)
        setServer(ServerState::Starting);
    if (m_startWanted && !(isRunning && endpoint() == m_endpoint))
        listen();
    Q_EMIT accessKeyChanged();
}

Gui::ServerStatus Application::serverStatus() const
{
    Gui::ServerStatus status = m_server;
    status.accessKeyRequired = m_accessKey.isRequired();
    status.accessKeyProblem = m_accessKey.problem();
    return status;
}

void Application::startServer()
{
    m_startWanted = true;
    if (m_server.state == ServerState::Running || m_server.state == ServerState::Starting)
        return;
    setServer(ServerState::Starting, m_accessKey.isKnown() ? QString() : tr("Waiting for the keychain…"));
    if (m_accessKey.isKnown())
        listen();
}

EndpointConfiguration Application::endpoint() const
{
    EndpointConfiguration endpoint = endpointFrom(m_commandLine, *m_settings);
    endpoint.requiresKey = m_accessKey.isRequired();
    endpoint.keys = m_accessKey.keys();
    return endpoint;
}

void Application::listen()
{
    m_endpoint = endpoint();
    m_thread.call(&Service::startServer, m_endpoint);
}

void Application::stopServer()
{
    m_startWanted = false;
    setServer(ServerState::Stopped);
    m_thread.call(&Service::stopServer);
}

void Application::refreshClusters()
{
    // With a token at hand only the service has to ask again; without, the keychain may be open by now.
    if (m_workspace.state == WorkspaceState::Connected || m_workspace.state == WorkspaceState::Connecting)
        m_thread.call(&Service::refresh);
    else
        m_workspaceSource.load();
}

void Application::loadCalls(qint64 before, int count)
{
    m_thread.call(&Service::loadCalls, before, count);
}

void Application::answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer)
{
    m_thread.call(&Service::answerApproval, callId, answer);
}

void Application::countRows(qint64 callId)
{
    m_thread.call(&Service::countRows, callId);
}

void Application::revokeGrant(qint64 grantId)
{
    m_thread.call(&Service::revokeGrant, grantId);
}

void Application::setMode(Calls::Mode mode, std::chrono::minutes trustFor)
{
    m_rules.setMode(mode, trustFor);
}

void Application::cancelCall(qint64 callId)
{
    m_thread.call(&Service::cancelCall, callId);
}

QList<Gui::ToolsetInfo> Application::toolsets() const
{
    QList<Gui::ToolsetInfo> infos;
    for (const Tools::Toolset &toolset : Tools::toolsets())
        infos.append(infoOf(toolset));
    return infos;
}

Clients::Relay Application::relay() const
{
    return relayTo(m_commandLine);
}

void Application::setWindowVisible(bool visible)
{
    m_thread.call(&Service::setVisible, visible);
}

void Application::reloadSettings()
{
    m_workspaceSource.load();
    m_accessKey.load();
}

void Application::replaceAccessKey()
{
    m_accessKey.replace();
}

QByteArray Application::makeAccessKey(const QString &name)
{
    return m_accessKey.make(name);
}

void Application::revokeAccessKey(const QString &name)
{
    m_accessKey.revoke(name);
}

void Application::quit()
{
    if (m_ending)
        return;
    m_ending = true;
    m_startWanted = false;
    m_thread.end();
}

void Application::useTokenForThisRun(const Credentials::Profile &profile, const QString &token)
{
    m_workspaceSource.setTokenForThisRun(profile, token);
    reloadSettings();
}

Instance::ServerAccess Application::whereItServes() const
{
    Instance::ServerAccess access{.state = accessState(m_server.state), .message = m_server.message};
    if (m_server.state == ServerState::Running) {
        access.url = m_server.url;
        access.accessKey = m_accessKey.key();
    }
    return access;
}

void Application::setWorkspace(WorkspaceState state, const QString &message)
{
    m_workspace.state = state;
    m_workspace.message = message;
    Q_EMIT workspaceStatusChanged(m_workspace);
}

void Application::setServer(ServerState state, const QString &message)
{
    m_server.state = state;
    m_server.message = message;
    Q_EMIT serverStatusChanged(serverStatus());
}
