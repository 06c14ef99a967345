#include "sample/compute/clusterlives.h"

#include "sample/compute/clusterdata.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A cluster is billed from when its machines are up, not from when it was asked for.
QList<ClusterLife::Span> spansOf(const SampleCluster &cluster, qint64 now)
{
    QList<ClusterLife::Span> spans;
    qint64 up = 0;
    for (const ClusterEvent &event : cluster.events) {
        if (event.type == "RUNNING"_L1 && up == 0)
            up = event.timestamp;
        if (event.type == "TERMINATING"_L1 && up > 0) {
            spans.append({up, event.timestamp});
            up = 0;
        }
    }
    if (up > 0)
        spans.append({up, now});
    return spans;
}

} // namespace

QList<ClusterLife> livesOf(const std::vector<SampleCluster> &clusters, qint64 now)
{
    QList<ClusterLife> lives;
    for (const SampleCluster &cluster : clusters) {
        const auto text = [&](QLatin1StringView key) { return cluster.facts.value(key).toString(); };
        const QList<ClusterLife::Span> spans = spansOf(cluster, now);
        if (!spans.isEmpty())
            lives.append({cluster.id(), text("cluster_name"_L1), text("creator_user_name"_L1),
                          text("cluster_source"_L1), cluster.facts.value("cluster_cores"_L1).toInt(),
                          text("runtime_engine"_L1) == "PHOTON"_L1, spans});
    }
    return lives;
}

} // namespace Sample
