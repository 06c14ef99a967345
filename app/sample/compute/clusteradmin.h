#pragma once

#include "sample/server/router.h"

namespace Sample {

class ClusterFleet;

/// What administers clusters: create, edit, update, resize, pin, permanent-delete, and the choices there are for a
/// cluster (node types, runtimes, policies, pools). The fleet must outlive them.
QList<Route> clusterAdminRoutes(ClusterFleet &fleet);

/// The cluster a request means. Throws ApiRefusal in the cluster manager's words where there is none.
void requireCluster(const ClusterFleet &fleet, const QString &id);

} // namespace Sample
