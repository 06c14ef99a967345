#pragma once

#include "sample/compute/clusterhistory.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace Sample {

/// A cluster of the sample: what clusters/list says of it, and its past, oldest event first.
struct SampleCluster
{
    QJsonObject facts;
    QList<ClusterEvent> events;
    quint64 change = 0; ///< counts what was asked of it, so that an overtaken transition knows it

    QString id() const;
    QString state() const;
    void setState(const QString &state, const QString &message);
    int workers() const; ///< that it starts with
    void record(qint64 timestamp, const QString &type, const QJsonObject &details = {});

    bool isForgotten = false; ///< it runs, and nobody uses it

    /// The facts as they are now: what runs is in use now and then, and so does not stop by itself.
    QJsonObject shown() const;
};

/// The clusters of resources/sample/clusters.json with everything that follows from a line there: tags, cores, times
/// counted back from now, and a history that ends in the state they are in. The same every time, but for now.
std::vector<SampleCluster> sampleClusters(const QDateTime &now);

/// A cluster as it is right after its creation with this specification, PENDING.
SampleCluster newCluster(const QJsonObject &specification, const QString &id, const QString &creator,
                         const QDateTime &now);
/// Computes cores and memory anew, after machines or size have changed.
void refreshSize(SampleCluster &cluster);

/// Machine types by their id, with num_cores and memory_mb.
QJsonObject sampleNodeTypes();

/// What clusters/get adds for a cluster with machines: driver and executors.
QJsonObject machines(const SampleCluster &cluster);

} // namespace Sample
