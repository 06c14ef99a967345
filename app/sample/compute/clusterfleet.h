#pragma once

#include "sample/compute/clusterdata.h"
#include "sample/server/tempo.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <vector>

namespace Sample {

/// Sets the fields of a cluster; null takes one off.
void layOver(QJsonObject &facts, const QJsonObject &fields);

/// The sample's clusters and the state machine they live in
/// (https://docs.databricks.com/api/workspace/clusters, "Lifecycle"): PENDING to RUNNING, RESTARTING to RUNNING,
/// TERMINATING to TERMINATED. What is asked last wins: a start that is overtaken by a termination is forgotten.
class ClusterFleet : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterFleet)

public:
    /// user is who the sample's token belongs to; what is done here is done in this name.
    ClusterFleet(Tempo tempo, QString user, QObject *parent = nullptr);

    const std::vector<SampleCluster> &clusters() const { return m_clusters; }
    /// nullptr where there is no such cluster.
    const SampleCluster *find(const QString &id) const;

    /// Whether it is one that create() made.
    static bool isMadeHere(const QString &id);

    /// False where its state does not allow it: start wants TERMINATED or ERROR, restart wants RUNNING.
    bool start(const QString &id);
    bool restart(const QString &id);
    /// Does nothing to a cluster that is ending or has ended.
    void terminate(const QString &id);

    /// Creates a cluster and starts it; gives its id.
    QString create(const QJsonObject &specification);
    /// Takes over the fields; a running cluster restarts. False unless it is RUNNING or TERMINATED.
    bool edit(const QString &id, const QJsonObject &fields);
    /// RUNNING to RESIZING to RUNNING; size is num_workers or autoscale. False where it does not run.
    bool resize(const QString &id, const QJsonObject &size);
    void pin(const QString &id, bool pinned);
    /// For good: it is not found any more.
    void erase(const QString &id);
    /// Lets a cluster that has ended have lived from start to end, milliseconds since 1970, and no longer.
    void setLife(const QString &id, qint64 start, qint64 end);
    /// Adds terminated clusters without a past until there are so many.
    void growTo(qsizetype count);

private:
    using Change = std::function<void(SampleCluster &)>;

    SampleCluster *existing(const QString &id);
    void after(std::chrono::milliseconds delay, const SampleCluster &cluster, Change change);
    void comeUp(SampleCluster &cluster);
    static void becomeRunning(SampleCluster &cluster);

    const Tempo m_tempo;
    const QString m_user;
    std::vector<SampleCluster> m_clusters;
    int m_created = 0;
};

} // namespace Sample
