#pragma once

#include "sample/server/router.h"
#include "sample/server/tempo.h"

namespace Sample {

class ClusterFleet;

/// The command execution API, 1.2 (https://docs.databricks.com/api/workspace/commandexecution): contexts on running
/// clusters and commands in them, one at a time. The fleet must outlive them.
QList<Route> commandRoutes(const ClusterFleet &fleet, Tempo tempo);

} // namespace Sample
