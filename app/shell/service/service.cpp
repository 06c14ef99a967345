#include "service.h"

#include "shell/service/clusterwatch.h"
#include "shell/service/mcpendpoint.h"
#include "shell/service/refusaljournal.h"
#include "shell/service/sampleprocess.h"
#include "shell/service/sessions.h"
#include "shell/service/signin.h"
#include "shell/service/workspacefinder.h"
#include "tools/host/toolhost.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How long cancelled calls may take to end when the application quits.
constexpr auto LongestEnding = 2s;

} // namespace

Service::Service(Options options)
    : m_options(std::move(options))
{}

Service::~Service() = default;

void Service::begin()
{
    m_network = std::make_unique<QNetworkAccessManager>();
    beginCalls();
    beginEndpoint();
    beginWatch();
    m_tools = std::make_unique<Tools::ToolHost>(m_calls.get());
    m_sessions =
        std::make_unique<Sessions>(m_network.get(), [clusters = QPointer(m_clusters.get())](const QString &clusterId) {
            if (clusters)
                clusters->expect(clusterId);
        });
    m_signIn = std::make_unique<SignIn>();
    connect(m_signIn.get(), &SignIn::signedIn, this, &Service::signedIn);
    connect(m_signIn.get(), &SignIn::failed, this, &Service::workspaceFailed);
    m_finder = std::make_unique<WorkspaceFinder>(m_network.get());
    connect(m_finder.get(), &WorkspaceFinder::found, this, [this] { useSession(m_wanted); });
    // Without a network neither says anything.
    connect(m_signIn.get(), &SignIn::failed, m_finder.get(), &WorkspaceFinder::forgetSilent);
}

void Service::beginCalls()
{
    m_calls =
        std::make_unique<Calls::CallLog>(std::make_unique<Calls::Journal>(m_options.journalFile, m_options.retention));
    connect(m_calls.get(), &Calls::CallLog::opened, this, &Service::callOpened);
    connect(m_calls.get(), &Calls::CallLog::changed, this, &Service::callChanged);
    connect(m_calls.get(), &Calls::CallLog::runningChanged, this, &Service::runningCallsChanged);
    connect(m_calls.get(), &Calls::CallLog::journalProblemChanged, this, &Service::journalProblemChanged);
    const Calls::Approvals *approvals = &m_calls->approvals();
    connect(approvals, &Calls::Approvals::requested, this, &Service::approvalRequested);
    connect(approvals, &Calls::Approvals::settled, this, &Service::approvalSettled);
    connect(approvals, &Calls::Approvals::grantsChanged, this, &Service::grantsChanged);
    m_refusals = std::make_unique<RefusalJournal>(m_calls.get());
    if (const QString problem = m_calls->journalProblem(); !problem.isEmpty())
        Q_EMIT journalProblemChanged(problem);
}

void Service::beginEndpoint()
{
    m_endpoint = std::make_unique<McpEndpoint>();
    connect(m_endpoint.get(), &McpEndpoint::started, this, [this](const QUrl &url) {
        m_clusters->setServing(true);
        Q_EMIT serverStarted(url);
    });
    connect(m_endpoint.get(), &McpEndpoint::stopped, this, [this] {
        m_clusters->setServing(false);
        Q_EMIT serverStopped();
    });
    connect(m_endpoint.get(), &McpEndpoint::failed, this, &Service::serverFailed);
    connect(
        m_endpoint.get(), &McpEndpoint::refused, this,
        [this](const Http::RequestHead &head, const Http::Refusal &refusal) { m_refusals->addRequest(head, refusal); });
    // What a person allowed to a client goes with its key.
    connect(m_endpoint.get(), &McpEndpoint::revoked, this,
            [this](const QString &keyName) { m_calls->approvals().takeBackOf(keyName); });
    connect(m_endpoint->mcp(), &Mcp::Server::toolCallRefused, this,
            [this](const Mcp::ToolRequest &request, const QString &reason) {
                m_refusals->addCall(request, reason, m_sessions->current().get());
            });
}

void Service::beginWatch()
{
    m_clusters = std::make_unique<ClusterWatch>(m_endpoint->mcp(), m_options.hasWindow);
    connect(m_clusters.get(), &ClusterWatch::updated, this, &Service::clustersUpdated);
    connect(m_clusters.get(), &ClusterWatch::settled, this, &Service::clusterSettled);
    connect(m_clusters.get(), &ClusterWatch::failed, this, [this](const QString &message, bool unauthorized) {
        Q_EMIT workspaceFailed(m_configuration.number, message, unauthorized);
    });
}

void Service::useSession(const SessionConfiguration &wanted)
{
    if (m_ending)
        return;
    m_wanted = wanted;
    const SessionConfiguration configuration = wanted.sample ? withSample(wanted) : withWorkspace(wanted);
    m_signIn->stop();
    m_clusters->stop();
    m_configuration = configuration;
    m_calls->keepSecret(configuration.token);
    // What was just begun follows: the sample serves, or fails to; the host says which workspace it is, or nothing.
    const bool isExpected = configuration.sample || !wanted.token.isEmpty();
    if (isExpected && configuration.token.isEmpty() && configuration.missingToken.isEmpty())
        return;

    const bool isOther = m_sessions->use(configuration);
    offer();
    if (isOther || configuration.rules.policy.isReadOnly())
        m_calls->approvals().takeBack();
    if (isOther)
        m_clusters->forget();
    const bool hasToken = !configuration.token.isEmpty();
    if (hasToken)
        Q_EMIT sessionReady(configuration.host);
    if (m_postponed)
        startServer(*std::exchange(m_postponed, std::nullopt));
    if (!hasToken)
        return;
    signIn();
    m_clusters->use(m_sessions->current()->workspace);
}

/// The configuration with the sample's address and token, or with the reason why there are none; with neither while
/// the sample starts. A configuration that is new starts one that does not run.
SessionConfiguration Service::withSample(SessionConfiguration configuration)
{
    if (!m_sample) {
        m_sample = std::make_unique<SampleProcess>();
        // Queued: start() may fail at once.
        connect(
            m_sample.get(), &SampleProcess::serving, this, [this] { useSession(m_wanted); }, Qt::QueuedConnection);
        connect(
            m_sample.get(), &SampleProcess::failed, this,
            [this] {
                if (m_ending || m_sample->isServing())
                    return;
                useSession(m_wanted);
                Q_EMIT workspaceFailed(m_configuration.number, m_sample->problem(), false);
            },
            Qt::QueuedConnection);
    }
    if (configuration.number != m_configuration.number)
        m_sample->start();
    configuration.host = m_sample->url();
    configuration.token = m_sample->isServing() ? QString::fromLatin1(m_sample->token()) : QString();
    configuration.missingToken = m_sample->problem();
    return configuration;
}

/// The configuration with the workspace that the address leads to, or without a token where it leads to none: nothing
/// is sent there. While the host is asked, calls must not go on to the workspace that was used before.
SessionConfiguration Service::withWorkspace(SessionConfiguration configuration)
{
    if (configuration.token.isEmpty())
        return configuration;
    const std::optional<Credentials::WorkspaceAddress> address = m_finder->find(configuration.host);
    if (address && address->problem.isEmpty()) {
        configuration.host = address->host;
        return configuration;
    }
    configuration.token.clear();
    if (address) {
        configuration.missingToken = address->problem;
        Q_EMIT workspaceFailed(configuration.number, address->problem, false);
    } else if (m_sessions->current()) {
        configuration.missingToken =
            u"Bricktray is asking the workspace's host which workspace it is. Repeat the call in a few seconds."_s;
    }
    return configuration;
}

void Service::useRules(const Rules &rules)
{
    if (!m_sessions->current() || m_ending)
        return;
    m_sessions->use(rules);
    if (rules.policy.isReadOnly())
        m_calls->approvals().takeBack();
    offer();
}

void Service::offer()
{
    const std::shared_ptr<const Tools::Session> session = m_sessions->current();
    Mcp::Server *mcp = m_endpoint->mcp();
    mcp->setTools(m_tools->offer(session));
    mcp->setResources(m_tools->offerResources(session));
    mcp->setPrompts(m_tools->offerPrompts(session));
}

void Service::signIn()
{
    m_signIn->ask(m_configuration.number, m_sessions->current()->workspace);
}

void Service::startServer(const EndpointConfiguration &configuration)
{
    if (m_ending)
        return;
    // Who reads that it serves may call at once.
    if (!m_sessions->current()) {
        m_postponed = configuration;
        return;
    }
    for (const Credentials::AccessKey &key : configuration.keys)
        m_calls->keepSecret(QString::fromLatin1(key.key));
    m_endpoint->start(configuration);
}

void Service::stopServer()
{
    m_postponed.reset();
    if (m_endpoint)
        m_endpoint->stop();
}

void Service::refresh()
{
    if (!m_network)
        return;
    if (m_sessions->current() && !m_configuration.token.isEmpty())
        signIn();
    m_clusters->refresh();
}

void Service::setVisible(bool visible)
{
    if (m_clusters)
        m_clusters->setVisible(visible);
}

void Service::loadCalls(qint64 before, int count)
{
    if (m_calls)
        Q_EMIT callsLoaded(m_calls->latest(count, before));
}

void Service::answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer)
{
    if (m_calls)
        m_calls->approvals().answer(callId, answer);
}

void Service::countRows(qint64 callId)
{
    if (m_calls)
        m_calls->approvals().count(callId);
}

void Service::revokeGrant(qint64 grantId)
{
    if (m_calls)
        m_calls->approvals().revoke(grantId);
}

void Service::endGrants()
{
    if (m_calls)
        m_calls->approvals().endGrants();
}

void Service::cancelCall(qint64 callId)
{
    if (m_calls)
        m_calls->cancel(callId);
}

void Service::end()
{
    if (!m_network || m_ending)
        return;
    m_ending = true;
    m_finder->stop();
    m_signIn->stop();
    m_clusters->stop();
    stopServer();
    // Those too whose client was answered already: stopping just the server lets them go on.
    m_calls->stopAll();
    // Calls that were just cancelled end in the event loop; they are waited for, so that the journal says how.
    QTimer::singleShot(LongestEnding, this, &Service::finishEnding);
    if (m_calls->running() == 0)
        return closeContexts();
    connect(m_calls.get(), &Calls::CallLog::runningChanged, this, [this](int running) {
        if (running == 0)
            QMetaObject::invokeMethod(this, &Service::closeContexts, Qt::QueuedConnection);
    });
}

void Service::closeContexts()
{
    if (!m_network)
        return;
    const std::shared_ptr<const Tools::Session> session = m_sessions->current();
    if (!session)
        return finishEnding();
    // Execution contexts hold memory on their clusters until somebody destroys them.
    connect(session->contexts.get(), &Tools::ContextPool::closed, this, &Service::finishEnding, Qt::QueuedConnection);
    session->contexts->close();
}

void Service::finishEnding()
{
    if (!m_network)
        return;
    // First: approvals still open are answered, and what waited for them finds everything in place.
    m_calls.reset();
    m_clusters.reset();
    m_endpoint.reset();
    m_refusals.reset();
    m_tools.reset();
    m_sessions.reset();
    m_signIn.reset();
    m_finder.reset();
    m_sample.reset();
    m_network.reset();
    Q_EMIT ended();
}
