#include "sample/compute/clusterfleet.h"

#include "sample/compute/clusterhistory.h"

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

/// num_workers and autoscale exclude each other.
void takeOver(SampleCluster &cluster, const QJsonObject &fields)
{
    if (fields.contains("num_workers"_L1))
        cluster.facts.remove("autoscale"_L1);
    if (fields.contains("autoscale"_L1))
        cluster.facts.remove("num_workers"_L1);
    layOver(cluster.facts, fields);
    refreshSize(cluster);
}

} // namespace

void layOver(QJsonObject &facts, const QJsonObject &fields)
{
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (field->isNull())
            facts.remove(field.key());
        else
            facts.insert(field.key(), *field);
    }
}

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
    comeUp(*cluster);
    return true;
}

void ClusterFleet::comeUp(SampleCluster &cluster)
{
    after(m_tempo.start * 2 / 5, cluster,
          [](SampleCluster &late) { late.setState(u"PENDING"_s, u"Setting up %1 nodes."_s.arg(late.workers() + 1)); });
    after(m_tempo.start * 4 / 5, cluster,
          [](SampleCluster &late) { late.setState(u"PENDING"_s, u"Starting Spark"_s); });
    after(m_tempo.start, cluster, becomeRunning);
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

void ClusterFleet::setLife(const QString &id, qint64 start, qint64 end)
{
    SampleCluster *cluster = existing(id);
    if (!cluster || cluster->state() != "TERMINATED"_L1)
        return;
    cluster->facts.insert(u"start_time"_s, start);
    cluster->facts.insert(u"last_restarted_time"_s, start);
    cluster->facts.insert(u"terminated_time"_s, end);
    cluster->events = inventedHistory(cluster->facts, cluster->workers());
}

void ClusterFleet::growTo(qsizetype count)
{
    const QJsonObject pattern = m_clusters.front().facts;
    for (auto i = static_cast<qsizetype>(m_clusters.size()); i < count; ++i) {
        SampleCluster cluster{pattern, {}};
        const QString number = u"%1"_s.arg(i, 6, 10, QLatin1Char('0'));
        cluster.facts.insert(u"cluster_id"_s, u"0101-%1-scaletst"_s.arg(number));
        cluster.facts.insert(u"cluster_name"_s, u"Tenant %1"_s.arg(number));
        m_clusters.push_back(cluster);
    }
}

void ClusterFleet::becomeRunning(SampleCluster &cluster)
{
    cluster.setState(u"RUNNING"_s, QString());
    cluster.facts.insert(u"last_activity_time"_s, now());
    cluster.record(now(), u"RUNNING"_s, sizeDetails(cluster.workers()));
    cluster.record(now(), u"DRIVER_HEALTHY"_s);
}

bool ClusterFleet::isMadeHere(const QString &id)
{
    return id.contains("-sample"_L1);
}

QString ClusterFleet::create(const QJsonObject &specification)
{
    const QDateTime moment = QDateTime::currentDateTimeUtc();
    const QString id = u"%1-sample%2"_s.arg(moment.toString(u"MMdd-hhmmss"_s)).arg(++m_created, 2, 10, QChar(u'0'));
    m_clusters.push_back(newCluster(specification, id, m_user, moment));
    SampleCluster &cluster = m_clusters.back();
    cluster.record(now(), u"CREATING"_s, userDetails(m_user));
    comeUp(cluster);
    return id;
}

bool ClusterFleet::edit(const QString &id, const QJsonObject &fields)
{
    SampleCluster *cluster = existing(id);
    if (!cluster || (cluster->state() != "RUNNING"_L1 && cluster->state() != "TERMINATED"_L1))
        return false;
    takeOver(*cluster, fields);
    cluster->record(now(), u"EDITED"_s, userDetails(m_user));
    restart(id);
    return true;
}

bool ClusterFleet::resize(const QString &id, const QJsonObject &size)
{
    SampleCluster *cluster = existing(id);
    if (!cluster || cluster->state() != "RUNNING"_L1)
        return false;
    ++cluster->change;
    const int before = cluster->workers();
    takeOver(*cluster, size);
    cluster->setState(u"RESIZING"_s,
                      u"Changing the number of workers from %1 to %2"_s.arg(before).arg(cluster->workers()));
    cluster->record(now(), u"RESIZING"_s, userDetails(m_user));
    after(m_tempo.restart, *cluster, [](SampleCluster &late) {
        late.setState(u"RUNNING"_s, QString());
        late.record(now(), u"UPSIZE_COMPLETED"_s, sizeDetails(late.workers()));
    });
    return true;
}

void ClusterFleet::pin(const QString &id, bool pinned)
{
    SampleCluster *cluster = existing(id);
    if (!cluster)
        return;
    if (pinned)
        cluster->facts.insert(u"pinned_by_user_name"_s, m_user);
    else
        cluster->facts.remove("pinned_by_user_name"_L1);
    cluster->record(now(), pinned ? u"PINNED"_s : u"UNPINNED"_s, userDetails(m_user));
}

void ClusterFleet::erase(const QString &id)
{
    std::erase_if(m_clusters, [&](const SampleCluster &cluster) { return cluster.id() == id; });
}

void ClusterFleet::after(std::chrono::milliseconds delay, const SampleCluster &cluster, Change change)
{
    // By id: clusters come and go while the timer runs.
    QTimer::singleShot(delay, this, [this, id = cluster.id(), asked = cluster.change, change = std::move(change)] {
        SampleCluster *late = existing(id);
        if (late && late->change == asked)
            change(*late);
    });
}

} // namespace Sample
