#pragma once

#include "sample/server/router.h"

namespace Sample {

class ClusterFleet;

/// The endpoints /api/2.1/clusters/… (https://docs.databricks.com/api/workspace/clusters). The fleet must outlive them.
QList<Route> clusterRoutes(ClusterFleet &fleet);

} // namespace Sample
