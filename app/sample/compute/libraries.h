#pragma once

#include "sample/server/router.h"

namespace Sample {

class ClusterFleet;

/// The endpoints /api/2.0/libraries/… (https://docs.databricks.com/api/workspace/libraries). The fleet must outlive
/// them.
QList<Route> libraryRoutes(const ClusterFleet &fleet);

} // namespace Sample
