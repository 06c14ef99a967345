#pragma once

#include "shell/service/sessionconfiguration.h"
#include "tools/host/session.h"

#include <functional>
#include <memory>

class QNetworkAccessManager;

/// The session that calls are opened with. Each change makes another one; calls under way keep theirs.
class Sessions
{
public:
    using ClusterStarted = std::function<void(const QString &clusterId)>;

    /// clusterStarted is told of every start of a cluster that was accepted.
    Sessions(QNetworkAccessManager *network, ClusterStarted clusterStarted);

    /// Null before the first.
    std::shared_ptr<const Tools::Session> current() const { return m_session; }
    /// Returns whether it is another workspace than before, or reached with another identity. What outlives a session
    /// goes over to the new one, execution contexts only where the identity is the same.
    bool use(const SessionConfiguration &configuration);
    /// The same workspace under other rules.
    void use(const Rules &rules);

private:
    QNetworkAccessManager *m_network;
    ClusterStarted m_clusterStarted;
    SessionConfiguration m_configuration;
    std::shared_ptr<const Tools::Session> m_session;
};
