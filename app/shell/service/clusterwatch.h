#pragma once

#include "mcp/transport/server.h"
#include "monitor/clustermonitor.h"

#include <QObject>

#include <memory>

/// Polls the clusters for whoever looks at them, and only then: the window, and clients that listen, who are told which
/// clusters changed.
class ClusterWatch : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterWatch)

public:
    /// Without a window to show them the clusters are polled only while a client listens.
    ClusterWatch(Mcp::Server *mcp, bool hasWindow, QObject *parent = nullptr);
    ~ClusterWatch() override;

    void use(const Databricks::Workspace &workspace);
    /// Ends the polls of the workspace in use.
    void stop();
    /// Forgets what clients were told of, once stopped: the next workspace's clusters are not this one's.
    void forget();
    /// No server, no polls.
    void setServing(bool serving);
    /// Whether a person sees the clusters; sets the pace.
    void setVisible(bool visible);
    void refresh();
    /// This cluster was just started: tells when it has settled.
    void expect(const QString &clusterId);

Q_SIGNALS:
    void updated(const QList<Monitor::Cluster> &clusters);
    void settled(const Monitor::Cluster &cluster, bool running);
    void failed(const QString &message, bool unauthorized);

private:
    void announce(const QList<Monitor::ClusterChange> &changes);
    void followInterest();

    Mcp::Server *m_mcp;
    const bool m_hasWindow;
    std::unique_ptr<Monitor::ClusterMonitor> m_monitor;
    QList<Monitor::Cluster> m_known; ///< of the monitor before, as clients that listen know them
    bool m_isServing = false;
    bool m_isVisible = false;
    bool m_hasListener = false; ///< a client that subscribed to a cluster
};
