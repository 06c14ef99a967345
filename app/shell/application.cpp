#include "application.h"

#include "credentials/accesskey.h"
#include "credentials/environment.h"
#include "tools/host/catalogue.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTextStream>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using ServerState = Gui::ServerStatus::State;
using WorkspaceState = Gui::WorkspaceStatus::State;

namespace {

constexpr auto AccessKeyEntry = Credentials::AccessKeyEntry;

Service::Options serviceOptions(const CommandLine &commandLine, const Settings::Store &settings)
{
    Service::Options options;
    options.journalFile = settings.journalFile();
    options.retention.days = settings.value(Settings::Key::JournalDays).toInt();
    options.hasWindow = !commandLine.headless;
    return options;
}

QString stateName(ServerState state)
{
    static const QHash<ServerState, QString> names{{ServerState::Stopped, u"stopped"_s},
                                                   {ServerState::Starting, u"starting"_s},
                                                   {ServerState::Running, u"running"_s},
                                                   {ServerState::Failed, u"failed"_s}};
    return names.value(state);
}

} // namespace

Application::Application(CommandLine commandLine, Settings::Store *settings, Credentials::Keychain *keychain,
                         QObject *parent)
    : Gui::Controller(parent)
    , m_commandLine(std::move(commandLine))
    , m_settings(settings)
    , m_keychain(keychain)
    , m_service(std::make_unique<Service>(serviceOptions(m_commandLine, *settings)))
{
    qRegisterMetaType<Calls::Record>();
    qRegisterMetaType<QList<Calls::Record>>();
    qRegisterMetaType<QList<Monitor::Cluster>>();
    m_service->moveToThread(&m_thread);
    m_thread.setObjectName(u"service"_s);
    connect(&m_thread, &QThread::started, m_service.get(), &Service::begin);
    connectService();
    connect(m_settings, &Settings::Store::changed, this, &Application::followRules);
    m_thread.start();
}

Application::~Application()
{
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(m_service.get(), &Service::end);
    m_thread.wait();
}

void Application::connectService()
{
    connect(m_service.get(), &Service::serverStarted, this, [this](const QUrl &url) {
        m_server.url = url;
        setServer(ServerState::Running);
        const QString line = u"Bricktray is serving %1 (workspace: %2)"_s.arg(
            url.toString(), m_workspace.sample           ? u"sample workspace, invented data"_s
                            : m_workspace.host.isEmpty() ? u"not set up"_s
                                                         : m_workspace.host.host());
        QTextStream(stdout) << line << Qt::endl;
    });
    connect(m_service.get(), &Service::serverStopped, this, [this] {
        // It may have been started anew meanwhile.
        if (!m_startWanted)
            setServer(ServerState::Stopped);
    });
    connect(m_service.get(), &Service::serverFailed, this,
            [this](const QString &message) { setServer(ServerState::Failed, message); });
    connect(m_service.get(), &Service::journalProblemFound, this,
            [this](const QString &message) { m_journalProblem = message; });
    connect(m_service.get(), &Service::sessionReady, this, [this](const QUrl &host) {
        if (m_workspace.sample)
            m_workspace.host = host;
    });
    // What is told of an earlier session comes late.
    connect(m_service.get(), &Service::signedIn, this, [this](int session, const QString &user) {
        if (session != m_session.number)
            return;
        m_workspace.user = user;
        setWorkspace(WorkspaceState::Connected);
    });
    connect(m_service.get(), &Service::workspaceFailed, this,
            [this](int session, const QString &message, bool unauthorized) {
                if (session != m_session.number)
                    return;
                setWorkspace(unauthorized ? WorkspaceState::Unauthorized : WorkspaceState::Failed, message);
                Q_EMIT clustersFailed(message);
            });
    connect(m_service.get(), &Service::clustersUpdated, this, [this](const QList<Monitor::Cluster> &clusters) {
        // A poll that works again is the end of a failure.
        if (m_workspace.state == WorkspaceState::Failed)
            setWorkspace(m_workspace.user.isEmpty() ? WorkspaceState::Connecting : WorkspaceState::Connected);
        Q_EMIT clustersUpdated(clusters);
    });
    connect(m_service.get(), &Service::clusterSettled, this, &Gui::Controller::clusterSettled);
    connect(m_service.get(), &Service::callOpened, this, &Gui::Controller::callOpened);
    connect(m_service.get(), &Service::callChanged, this, &Gui::Controller::callChanged);
    connect(m_service.get(), &Service::callsLoaded, this, &Gui::Controller::callsLoaded);
    connect(m_service.get(), &Service::runningCallsChanged, this, &Gui::Controller::runningCallsChanged);
    // Direct: in the destructor the main thread runs no event loop that could do it.
    connect(m_service.get(), &Service::ended, &m_thread, &QThread::quit, Qt::DirectConnection);
    connect(&m_thread, &QThread::finished, this, &Application::finished);
}

void Application::begin()
{
    loadProfile();
    loadAccessKey();
    if (m_commandLine.headless || m_settings->value(Settings::Key::StartServerWithApp).toBool())
        startServer();
}

QCoro::Task<> Application::loadProfile()
{
    const int generation = ++m_profileGeneration;
    const QPointer<Application> self(this);

    if (m_commandLine.sampleWorkspace) {
        Credentials::Profile sample;
        sample.name = u"sample"_s;
        useSession(sample, {}, {});
        co_return;
    }
    const Credentials::EnvironmentProfile environment = Credentials::profileFromEnvironment();
    if (!environment.problem.isEmpty()) {
        useSession(environment.profile, {}, environment.problem);
        setWorkspace(WorkspaceState::Failed, environment.problem);
        co_return;
    }
    if (environment.isComplete()) {
        useSession(environment.profile, environment.token, {});
        co_return;
    }

    const Credentials::Profiles profiles(m_settings);
    const Credentials::Profile profile =
        m_commandLine.profile.isEmpty() ? profiles.active() : profiles.profile(m_commandLine.profile);
    if (!profile.isComplete()) {
        const QString message =
            m_commandLine.headless
                ? u"No workspace is set up. Set DATABRICKS_HOST and DATABRICKS_TOKEN, or start Bricktray with a display once."_s
                : tr("No workspace is set up yet. Enter its address and a token in the settings.");
        useSession(profile, {}, message);
        setWorkspace(WorkspaceState::NotConfigured, message);
        co_return;
    }
    if (m_runProfile.keychainKey() == profile.keychainKey() && !m_runToken.isEmpty()) {
        useSession(profile, m_runToken, {});
        co_return;
    }

    // A token that is in use stays so until the keychain says otherwise: clients must not feel every change of
    // settings.
    const bool isInUse =
        !m_session.token.isEmpty() && m_session.profile == profile.name && m_session.host == profile.host;
    if (!isInUse) {
        useSession(profile, {},
                   u"Bricktray still waits for the keychain to give it the token. Ask the person at this computer "
                   "to unlock it, then repeat the call."_s);
        setWorkspace(WorkspaceState::Waiting, tr("Waiting for the keychain…"));
    }
    const Credentials::KeychainResult result = co_await m_keychain->read(profile.keychainKey());
    if (!self || generation != m_profileGeneration)
        co_return;
    if (result.isOk()) {
        useSession(profile, result.secret(), {});
        co_return;
    }
    if (isInUse && profile.tokenStored) {
        useSession(profile, m_session.token, {});
        co_return;
    }
    QString message = result.message();
    if (result.status() == Credentials::KeychainResult::Status::NotFound) {
        // gnome-keyring says "not found" of a locked keyring, too.
        message = profile.tokenStored ? tr("The keychain gives no token for this workspace, although one was stored. "
                                           "It may be locked: unlock it and refresh, or enter the token again.")
                                      : tr("There is no token for this workspace yet. Enter one in the settings.");
    }
    useSession(profile, {}, message);
    setWorkspace(profile.tokenStored ? WorkspaceState::Failed : WorkspaceState::NotConfigured, message);
}

void Application::useSession(const Credentials::Profile &profile, const QString &token, const QString &missingToken)
{
    m_settings->useProfile(profile.name);
    SessionConfiguration configuration;
    configuration.number = m_session.number + 1;
    configuration.profile = profile.name;
    configuration.host = profile.host;
    configuration.token = token;
    configuration.missingToken = missingToken;
    configuration.sample = m_commandLine.sampleWorkspace;
    configuration.defaultClusterId = profile.defaultClusterId;
    configuration.defaultWarehouseId = profile.defaultWarehouseId;
    configuration.rules = rules();
    m_session = configuration;
    m_workspace = {};
    m_workspace.sample = configuration.sample;
    m_workspace.profile = profile.name;
    m_workspace.host = profile.host;
    if (m_workspace.sample || !token.isEmpty())
        setWorkspace(WorkspaceState::Connecting);
    QMetaObject::invokeMethod(m_service.get(),
                              [service = m_service.get(), configuration] { service->useSession(configuration); });
}

Calls::Policy Application::policy() const
{
    Calls::Policy policy;
    if (m_commandLine.headless) {
        // Nobody is there to ask.
        policy.writes = m_commandLine.allowWrites || m_commandLine.allowDestructive ? Calls::Decision::Allow
                                                                                    : Calls::Decision::Deny;
        policy.destroys = m_commandLine.allowDestructive ? Calls::Decision::Allow : Calls::Decision::Deny;
    } else {
        policy.writes = Calls::decisionFromName(m_settings->value(Settings::Key::WritePolicy).toString());
        policy.destroys = Calls::decisionFromName(m_settings->value(Settings::Key::DestroyPolicy).toString());
        policy.readOnly = m_settings->value(Settings::Key::ReadOnly).toBool();
        policy.exceptions = Calls::exceptionsFromTexts(m_settings->value(Settings::Key::ToolExceptions).toStringList());
    }
    policy.readOnly = policy.readOnly || m_commandLine.readOnly;
    return policy;
}

Rules Application::rules() const
{
    Rules rules;
    rules.policy = policy();
    rules.toolsets = m_commandLine.toolsets.isEmpty() ? m_settings->value(Settings::Key::Toolsets).toStringList()
                                                      : m_commandLine.toolsets;
    rules.exportFolder = m_settings->value(Settings::Key::ExportFolder).toString();
    return rules;
}

void Application::followRules(Settings::Key key)
{
    using Settings::Key;
    static constexpr std::array followed{Key::ReadOnly,       Key::WritePolicy, Key::DestroyPolicy,
                                         Key::ToolExceptions, Key::Toolsets,    Key::ExportFolder};
    if (m_rulesChanged || std::find(followed.begin(), followed.end(), key) == followed.end())
        return;
    // Later: a dialog changes several at once, and clients should hear of it once.
    m_rulesChanged = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_rulesChanged = false;
            QMetaObject::invokeMethod(m_service.get(),
                                      [service = m_service.get(), rules = rules()] { service->useRules(rules); });
        },
        Qt::QueuedConnection);
}

QCoro::Task<> Application::loadAccessKey()
{
    const QPointer<Application> self(this);
    m_accessKeyKnown = false;
    m_server.accessKeyRequired =
        !m_commandLine.noAccessKey && (!m_commandLine.isLoopback() || !m_commandLine.accessKey.isEmpty() ||
                                       m_settings->value(Settings::Key::RequireAccessKey).toBool());
    if (!m_server.accessKeyRequired) {
        m_accessKey.clear();
    } else if (!m_commandLine.accessKey.isEmpty()) {
        m_accessKey = m_commandLine.accessKey;
    } else if (m_accessKey.isEmpty() || !m_server.accessKeyProblem.isEmpty()) {
        using Status = Credentials::KeychainResult::Status;
        const Credentials::KeychainResult stored = co_await m_keychain->read(QString::fromLatin1(AccessKeyEntry));
        if (!self)
            co_return;
        const QByteArray key = m_accessKey.isEmpty() ? Credentials::newAccessKey() : m_accessKey;
        // Where the keychain is locked the key is in there still: one that clients know must not be replaced.
        if (stored.isOk() && !stored.secret().isEmpty())
            keepAccessKey(stored.secret().toLatin1());
        else if (stored.isOk() || stored.status() == Status::NotFound)
            co_await storeAccessKey(key);
        else
            keepAccessKey(key, stored.message());
        if (!self)
            co_return;
    }
    m_accessKeyKnown = true;
    Q_EMIT accessKeyChanged();
    if (!m_startWanted)
        co_return;
    // Open streams end with a listener, so it starts anew only where it has to be another one.
    if (m_server.state == ServerState::Running && endpoint() == m_endpoint)
        co_return;
    setServer(ServerState::Starting);
    listen();
}

/// With a problem the key holds for this run only.
void Application::keepAccessKey(const QByteArray &key, const QString &problem)
{
    const bool isNews = key != m_accessKey || problem != m_server.accessKeyProblem;
    m_accessKey = key;
    m_server.accessKeyProblem = problem;
    if (!isNews)
        return;
    Q_EMIT serverStatusChanged(m_server);
    if (!problem.isEmpty())
        Q_EMIT accessKeyIsTemporary(problem);
}

QCoro::Task<> Application::storeAccessKey(QByteArray key)
{
    const QPointer<Application> self(this);
    const Credentials::KeychainResult written =
        co_await m_keychain->write(QString::fromLatin1(AccessKeyEntry), QString::fromLatin1(key));
    if (self)
        keepAccessKey(key, written.isOk() ? QString() : written.message());
}

void Application::startServer()
{
    m_startWanted = true;
    if (m_server.state == ServerState::Running || m_server.state == ServerState::Starting)
        return;
    setServer(ServerState::Starting, m_accessKeyKnown ? QString() : tr("Waiting for the keychain…"));
    if (m_accessKeyKnown)
        listen();
}

EndpointConfiguration Application::endpoint() const
{
    EndpointConfiguration endpoint;
    if (m_commandLine.listenAddress.isNull())
        endpoint.addresses = {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    else
        endpoint.addresses = {m_commandLine.listenAddress};
    endpoint.port =
        m_commandLine.port ? m_commandLine.port : static_cast<quint16>(m_settings->value(Settings::Key::Port).toUInt());
    endpoint.accessKey = m_accessKey;
    return endpoint;
}

void Application::listen()
{
    m_endpoint = endpoint();
    QMetaObject::invokeMethod(m_service.get(),
                              [service = m_service.get(), endpoint = m_endpoint] { service->startServer(endpoint); });
}

void Application::stopServer()
{
    m_startWanted = false;
    setServer(ServerState::Stopped);
    QMetaObject::invokeMethod(m_service.get(), &Service::stopServer);
}

void Application::refreshClusters()
{
    // With a token at hand only the service has to ask again; without, the keychain may be open by now.
    if (m_workspace.state == WorkspaceState::Connected || m_workspace.state == WorkspaceState::Connecting)
        QMetaObject::invokeMethod(m_service.get(), &Service::refresh);
    else
        loadProfile();
}

void Application::loadCalls(qint64 before, int count)
{
    QMetaObject::invokeMethod(m_service.get(),
                              [service = m_service.get(), before, count] { service->loadCalls(before, count); });
}

void Application::answerApproval(qint64 callId, Calls::Approval approval)
{
    QMetaObject::invokeMethod(
        m_service.get(), [service = m_service.get(), callId, approval] { service->answerApproval(callId, approval); });
}

void Application::cancelCall(qint64 callId)
{
    QMetaObject::invokeMethod(m_service.get(), [service = m_service.get(), callId] { service->cancelCall(callId); });
}

QList<Gui::ToolsetInfo> Application::toolsets() const
{
    QList<Gui::ToolsetInfo> toolsets;
    for (const Tools::Toolset &toolset : Tools::toolsets()) {
        Gui::ToolsetInfo info;
        info.name = toolset.name;
        info.description = QCoreApplication::translate("Toolsets", toolset.description);
        info.onByDefault = toolset.onByDefault;
        for (const Tools::Tool &tool : toolset.tools) {
            info.tools.append(tool.name);
            if (tool.effect != Calls::Effect::Reads)
                info.changing.append(tool.name);
        }
        toolsets.append(info);
    }
    return toolsets;
}

void Application::setWindowVisible(bool visible)
{
    QMetaObject::invokeMethod(m_service.get(), [service = m_service.get(), visible] { service->setVisible(visible); });
}

void Application::reloadSettings()
{
    loadProfile();
    loadAccessKey();
}

void Application::replaceAccessKey()
{
    if (!m_commandLine.accessKey.isEmpty() || !m_server.accessKeyRequired)
        return;
    const QPointer<Application> self(this);
    storeAccessKey(Credentials::newAccessKey()).then([self] {
        if (self)
            self->reloadSettings();
    });
}

void Application::quit()
{
    if (m_ending)
        return;
    m_ending = true;
    m_startWanted = false;
    QMetaObject::invokeMethod(m_service.get(), &Service::end);
}

void Application::useTokenForThisRun(const Credentials::Profile &profile, const QString &token)
{
    m_runProfile = profile;
    m_runToken = token;
    reloadSettings();
}

Instance::ServerAccess Application::whereItServes() const
{
    static const QHash<ServerState, Instance::ServerAccess::State> states{
        {ServerState::Stopped, Instance::ServerAccess::State::Stopped},
        {ServerState::Starting, Instance::ServerAccess::State::Starting},
        {ServerState::Running, Instance::ServerAccess::State::Running},
        {ServerState::Failed, Instance::ServerAccess::State::Failed}};
    Instance::ServerAccess endpoint{.state = states.value(m_server.state), .message = m_server.message};
    if (m_server.state == ServerState::Running) {
        endpoint.url = m_server.url;
        endpoint.accessKey = m_endpoint.accessKey;
    }
    return endpoint;
}

QString Application::respond(const QString &request)
{
    if (request == "show"_L1)
        Q_EMIT showRequested();
    else if (request == "start"_L1)
        startServer();
    else if (request == "stop"_L1)
        stopServer();
    else if (request == "quit"_L1)
        QMetaObject::invokeMethod(this, &Application::quit, Qt::QueuedConnection);
    else if (request != "status"_L1)
        return u"Unknown request."_s;
    QString text = u"Bricktray "_s + stateName(m_server.state);
    if (m_server.state == ServerState::Running)
        text += u": "_s + m_server.url.toString();
    if (!m_server.message.isEmpty())
        text += u": "_s + m_server.message;
    text += u"\nWorkspace: "_s + (m_workspace.sample           ? u"sample workspace, invented data"_s
                                  : m_workspace.host.isEmpty() ? u"not set up"_s
                                                               : m_workspace.host.host());
    if (!m_workspace.user.isEmpty())
        text += u" as "_s + m_workspace.user;
    if (!m_workspace.message.isEmpty())
        text += u"\n"_s + m_workspace.message;
    return text;
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
    Q_EMIT serverStatusChanged(m_server);
}
