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
    m_monitor->remember(m_known);
    connect(m_monitor.get(), &ClusterMonitor::updated, this, &ClusterWatch::updated);
    connect(m_monitor.get(), &ClusterMonitor::changed, this, &ClusterWatch::announce);
    connect(m_monitor.get(), &ClusterMonitor::watchedSettled, this, &ClusterWatch::settled);
    connect(m_monitor.get(), &ClusterMonitor::failed, this, &ClusterWatch::failed);
    followInterest();
}

void ClusterWatch::stop()
{
    if (m_monitor)
        m_known = m_monitor->clusters();
    m_monitor.reset();
}

void ClusterWatch::forget()
{
    m_known.clear();
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

/// Tells who listens which clusters changed, came or went.
void ClusterWatch::announce(const QList<Monitor::ClusterChange> &changes)
{
    for (const Monitor::ClusterChange &change : changes)
        m_mcp->announceResource(clusterUri(change.cluster.id));
}
