#include "sessions.h"

#include "credentials/tokensources.h"
#include "databricks/workspace.h"
#include "tools/host/catalogue.h"

using namespace Qt::StringLiterals;

namespace {

Databricks::Workspace workspaceOf(const SessionConfiguration &configuration, QNetworkAccessManager *network)
{
    // Without a workspace nothing is ever sent: the missing token is asked for first.
    const QUrl host = configuration.host.isEmpty() ? QUrl(u"https://not-set-up.invalid"_s) : configuration.host;
    std::shared_ptr<Databricks::TokenSource> tokens;
    if (configuration.token.isEmpty())
        tokens = std::make_shared<Credentials::MissingToken>(configuration.missingToken);
    else
        tokens = std::make_shared<Credentials::FixedToken>(configuration.token);
    return {host, tokens, network, Databricks::userAgent(u"" BRICKTRAY_VERSION ""_s)};
}

} // namespace

Sessions::Sessions(QNetworkAccessManager *network, ClusterStarted clusterStarted)
    : m_network(network)
    , m_clusterStarted(std::move(clusterStarted))
{}

bool Sessions::use(const SessionConfiguration &configuration)
{
    const bool isSameIdentity = m_session && configuration.isSameIdentity(m_configuration);
    m_configuration = configuration;
    // Who is the same goes on under the rules that hold now; for anybody else what is under way ends.
    std::shared_ptr<Calls::PolicyInForce> inForce = isSameIdentity ? m_session->inForce : nullptr;
    if (!inForce) {
        if (m_session)
            m_session->inForce->end();
        inForce = std::make_shared<Calls::PolicyInForce>();
    }
    inForce->change(configuration.rules.policy);
    m_session = std::make_shared<Tools::Session>(Tools::Session{
        .workspace = workspaceOf(configuration, m_network),
        .profile = configuration.profile,
        .sample = configuration.sample,
        .defaultClusterId = configuration.defaultClusterId,
        .defaultWarehouseId = configuration.defaultWarehouseId,
        .inForce = inForce,
        .toolsets = Tools::resolveToolsets(configuration.rules.toolsets),
        .exportFolder = configuration.rules.exportFolder,
        .sharedFolder = configuration.rules.sharedFolder,
        .contexts = isSameIdentity ? m_session->contexts : std::make_shared<Tools::ContextPool>(),
        .started = m_session ? m_session->started : std::make_shared<Tools::StartedWork>(),
        .exports = m_session ? m_session->exports : std::make_shared<Tools::ExportsUnderWay>(),
        .clusterStarted = m_clusterStarted,
    });
    return !isSameIdentity;
}

void Sessions::use(const Rules &rules)
{
    auto session = std::make_shared<Tools::Session>(*m_session);
    session->inForce->change(rules.policy);
    session->toolsets = Tools::resolveToolsets(rules.toolsets);
    session->exportFolder = rules.exportFolder;
    session->sharedFolder = rules.sharedFolder;
    m_session = session;
}
