#pragma once

#include "sample/server/router.h"

namespace Sample {

/// What a cluster can be made of: node types, runtimes, policies, instance pools.
QList<Route> clusterChoiceRoutes();

} // namespace Sample
