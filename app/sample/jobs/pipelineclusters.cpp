#include "sample/jobs/pipelineclusters.h"

#include "sample/compute/clusterfleet.h"
#include "sample/jobs/pipelinebook.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Sample {

void fitPipelineClusters(ClusterFleet &fleet, const PipelineBook &pipelines)
{
    constexpr auto prefix = "dlt-execution-"_L1;
    QStringList ids;
    for (const SampleCluster &cluster : fleet.clusters())
        ids.append(cluster.id());
    for (const QString &id : std::as_const(ids)) {
        const QString name = fleet.find(id)->facts.value("cluster_name"_L1).toString();
        const Pipeline *pipeline = name.startsWith(prefix) ? pipelines.find(name.mid(prefix.size())) : nullptr;
        if (!pipeline)
            continue;
        const QJsonValue last = pipeline->events.first()["timestamp"_L1];
        fleet.setLife(id, pipeline->updates.front().facts.value("creation_time"_L1).toInteger(),
                      QDateTime::fromString(last.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch());
    }
}

} // namespace Sample
