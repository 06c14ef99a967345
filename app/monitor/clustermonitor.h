#pragma once

#include "databricks/workspace.h"
#include "monitor/cluster.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace Monitor {

/// How often the clusters are asked after.
struct Pace
{
    std::chrono::milliseconds changing = std::chrono::seconds(5); ///< while a cluster is between two states
    std::chrono::milliseconds steady = std::chrono::seconds(30);
    std::chrono::milliseconds hidden = std::chrono::seconds(120); ///< nobody looks and nothing is watched
    /// A watched cluster still TERMINATED this soon is one whose start does not show yet.
    std::chrono::milliseconds startGrace = std::chrono::seconds(60);
};

/// The live state of a workspace's clusters, by polling that adapts: quick while something changes, slow when nobody
/// looks, none when stopped or unauthorized. Told of a failure, it waits longer each time, up to the hidden pace.
class ClusterMonitor : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterMonitor)

public:
    explicit ClusterMonitor(Databricks::Workspace workspace, Pace pace = Pace(), QObject *parent = nullptr);
    ~ClusterMonitor() override;

    /// What was known of the same workspace before, so that the first list is a change to that.
    void remember(const QList<Cluster> &clusters);

    void start();
    void stop();
    /// Whether somebody is looking at the clusters.
    void setVisible(bool visible);
    /// Asks now; also the way on after an authorization failure. While stopped it does nothing.
    void refresh();
    /// Somebody started this cluster: poll quickly, and tell when it runs or has failed.
    void watch(const QString &clusterId);

    const QList<Cluster> &clusters() const;

Q_SIGNALS:
    /// The complete list, after every successful poll. Of several hundred clusters, quick polls ask after the changing
    /// ones only; the others are then at most the steady pace old.
    void updated(const QList<Monitor::Cluster> &clusters);
    /// Behind it, where it differs from the list before in which clusters there are or in their states. The first list
    /// is no change.
    void changed(const QList<Monitor::ClusterChange> &changes);
    /// A watched cluster reached RUNNING, or ended up anywhere else.
    void watchedSettled(const Monitor::Cluster &cluster, bool running);
    /// A poll failed. After unauthorized no more polls happen until refresh().
    void failed(const QString &message, bool unauthorized);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Monitor
