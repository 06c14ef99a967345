#pragma once

#include "sample/server/router.h"
#include "sample/server/tempo.h"

namespace Sample {

class ClusterFleet;
class SqlEngine;

/// The command execution API, 1.2 (https://docs.databricks.com/api/workspace/commandexecution): contexts on running
/// clusters and commands in them, one at a time. Fleet and engine must outlive them.
QList<Route> commandRoutes(const ClusterFleet &fleet, SqlEngine &engine, Tempo tempo);

} // namespace Sample
