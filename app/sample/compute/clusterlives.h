#pragma once

#include <QList>
#include <QString>

#include <vector>

namespace Sample {

struct SampleCluster;

/// When a cluster ran, and what that is billed by.
struct ClusterLife
{
    struct Span
    {
        qint64 start = 0; ///< milliseconds since 1970
        qint64 end = 0;
    };

    QString id;
    QString name;
    QString user;
    QString source; ///< UI, API, JOB, PIPELINE
    int cores = 0;  ///< of all its machines
    bool isPhoton = false;
    QList<Span> spans; ///< from when it was up to when it was terminated, or now; oldest first
};

/// The lives of the clusters that were ever up, as their events tell them, until now.
QList<ClusterLife> livesOf(const std::vector<SampleCluster> &clusters, qint64 now);

} // namespace Sample
