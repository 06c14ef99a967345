#pragma once

namespace Sample {

class ClusterFleet;
class PipelineBook;

/// Lets the clusters that pipelines made for their updates, "dlt-execution-8f2050d1-…", live as long as the last of
/// these.
void fitPipelineClusters(ClusterFleet &fleet, const PipelineBook &pipelines);

} // namespace Sample
