#include "clusterwatch.h"

using namespace Qt::StringLiterals;

namespace {

QString clusterUri(const QString &id)
{
    return u"databricks://clusters/"_s + id;
}

} // namespace

ClusterWatch::ClusterWatch(Mcp::Server *mcp, bool hasWindow, QObject *parent)
    : QObject(parent)
    , m_mcp(mcp)
    , m_hasWindow(hasWindow)
{
    connect(m_mcp, &Mcp::Server::resourcesWatched, this, [this](bool areWatched) {
        m_hasListener = areWatched;
        followInterest();
    });
}

ClusterWatch::~ClusterWatch() = default;

void ClusterWatch::use(const Databricks::Workspace &workspace)
{
    using Monitor::ClusterMonitor;
    m_monitor = std::make_unique<ClusterMonitor>(workspace);
    connect(m_monitor.get(), &ClusterMonitor::updated, this, &ClusterWatch::updated);
    connect(m_monitor.get(), &ClusterMonitor::updated, this, &ClusterWatch::announce);
    connect(m_monitor.get(), &ClusterMonitor::watchedSettled, this, &ClusterWatch::settled);
    connect(m_monitor.get(), &ClusterMonitor::failed, this, &ClusterWatch::failed);
    followInterest();
}

void ClusterWatch::stop()
{
    m_monitor.reset();
}

void ClusterWatch::forgetStates()
{
    m_states.clear();
}

void ClusterWatch::setServing(bool serving)
{
    m_isServing = serving;
    followInterest();
}

void ClusterWatch::setVisible(bool visible)
{
    m_isVisible = visible;
    followInterest();
}

void ClusterWatch::refresh()
{
    if (m_monitor && m_isServing)
        m_monitor->refresh();
}

void ClusterWatch::expect(const QString &clusterId)
{
    if (m_monitor)
        m_monitor->watch(clusterId);
}

void ClusterWatch::followInterest()
{
    if (!m_monitor)
        return;
    m_monitor->setVisible(m_isVisible || m_hasListener);
    if (m_isServing && (m_hasWindow || m_hasListener))
        m_monitor->start();
    else
        m_monitor->stop();
}

/// Tells who listens which clusters changed, came or went; and, once, that others run now, which are those on the list.
void ClusterWatch::announce(const QList<Monitor::Cluster> &clusters)
{
    QHash<QString, QString> gone = m_states;
    const bool isFirst = m_states.isEmpty();
    bool othersRun = false;
    for (const Monitor::Cluster &cluster : clusters) {
        const QString before = gone.take(cluster.id);
        m_states.insert(cluster.id, cluster.state);
        if (isFirst || before == cluster.state)
            continue;
        othersRun = othersRun || before == "RUNNING"_L1 || cluster.state == "RUNNING"_L1;
        m_mcp->announceResource(clusterUri(cluster.id));
    }
    for (auto cluster = gone.cbegin(); cluster != gone.cend(); ++cluster) {
        othersRun = othersRun || cluster.value() == "RUNNING"_L1;
        m_states.remove(cluster.key());
        m_mcp->announceResource(clusterUri(cluster.key()));
    }
    if (othersRun)
        m_mcp->announceResourceList();
}
