#include "sample/clusterfleet.h"

#include "sample/clusterhistory.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

ClusterFleet::ClusterFleet(Tempo tempo, QString user, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
    , m_user(std::move(user))
    , m_clusters(sampleClusters(QDateTime::currentDateTimeUtc()))
{}

const SampleCluster *ClusterFleet::find(const QString &id) const
{
    const auto found =
        std::find_if(m_clusters.begin(), m_clusters.end(), [&](const SampleCluster &one) { return one.id() == id; });
    return found == m_clusters.end() ? nullptr : &*found;
}

SampleCluster *ClusterFleet::existing(const QString &id)
{
    return const_cast<SampleCluster *>(std::as_const(*this).find(id));
}

bool ClusterFleet::start(const QString &id)
{
    SampleCluster *cluster = existing(id);
    if (!cluster || (cluster->state() != "TERMINATED"_L1 && cluster->state() != "ERROR"_L1))
        return false;
    ++cluster->change;
    cluster->facts.remove("terminated_time"_L1);
    cluster->facts.remove("termination_reason"_L1);
    cluster->facts.insert(u"start_time"_s, now());
    cluster->facts.insert(u"last_restarted_time"_s, now());
    cluster->setState(u"PENDING"_s, u"Finding instances for new nodes, acquiring more instances if necessary"_s);
    cluster->record(now(), u"STARTING"_s, userDetails(m_user));
    after(m_tempo.start * 2 / 5, *cluster,
          [](SampleCluster &late) { late.setState(u"PENDING"_s, u"Setting up %1 nodes."_s.arg(late.workers() + 1)); });
    after(m_tempo.start * 4 / 5, *cluster,
          [](SampleCluster &late) { late.setState(u"PENDING"_s, u"Starting Spark"_s); });
    after(m_tempo.start, *cluster, becomeRunning);
    return true;
}

bool ClusterFleet::restart(const QString &id)
{
    SampleCluster *cluster = existing(id);
    if (!cluster || cluster->state() != "RUNNING"_L1)
        return false;
    ++cluster->change;
    cluster->setState(u"RESTARTING"_s, u"Starting Spark"_s);
    cluster->facts.insert(u"last_restarted_time"_s, now());
    cluster->record(now(), u"RESTARTING"_s, userDetails(m_user));
    after(m_tempo.restart, *cluster, becomeRunning);
    return true;
}

void ClusterFleet::terminate(const QString &id)
{
    static const QStringList ended{u"TERMINATING"_s, u"TERMINATED"_s, u"ERROR"_s};
    SampleCluster *cluster = existing(id);
    if (!cluster || ended.contains(cluster->state()))
        return;
    ++cluster->change;
    const QJsonObject reason{{u"code"_s, u"USER_REQUEST"_s},
                             {u"type"_s, u"SUCCESS"_s},
                             {u"parameters"_s, QJsonObject{{u"username"_s, m_user}}}};
    cluster->facts.insert(u"termination_reason"_s, reason);
    cluster->setState(u"TERMINATING"_s, u"Terminated by user"_s);
    cluster->record(now(), u"TERMINATING"_s, endDetails(reason));
    after(m_tempo.terminate, *cluster, [](SampleCluster &late) {
        late.facts.insert(u"terminated_time"_s, now());
        late.setState(u"TERMINATED"_s, u"Terminated by user"_s);
    });
}

void ClusterFleet::becomeRunning(SampleCluster &cluster)
{
    cluster.setState(u"RUNNING"_s, QString());
    cluster.record(now(), u"RUNNING"_s, sizeDetails(cluster.workers()));
    cluster.record(now(), u"DRIVER_HEALTHY"_s);
}

void ClusterFleet::after(std::chrono::milliseconds delay, const SampleCluster &cluster, Change change)
{
    const auto index = static_cast<std::size_t>(&cluster - m_clusters.data());
    QTimer::singleShot(delay, this, [this, index, asked = cluster.change, change = std::move(change)] {
        SampleCluster &late = m_clusters.at(index);
        if (late.change == asked)
            change(late);
    });
}

} // namespace Sample
