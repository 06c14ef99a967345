#pragma once

#include "sample/server/router.h"

namespace Sample {

class ClusterFleet;

/// What administers clusters: create, edit, update, resize, pin, permanent-delete, and the choices there are for a
/// cluster (node types, runtimes, policies, pools). The fleet must outlive them.
QList<Route> clusterAdminRoutes(ClusterFleet &fleet);

/// The endpoints /api/2.0/libraries/… (https://docs.databricks.com/api/workspace/libraries). The fleet must outlive
/// them.
QList<Route> libraryRoutes(const ClusterFleet &fleet);

} // namespace Sample
