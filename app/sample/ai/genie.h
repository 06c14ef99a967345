#pragma once

#include "sample/server/router.h"
#include "sample/server/tempo.h"

namespace Sample {

/// Genie over the taxi trips (https://docs.databricks.com/api/workspace/genie): conversations whose messages think for
/// a while. A question with “impossible” in it fails, one with “slow” takes twenty times as long.
QList<Route> genieRoutes(Tempo tempo);

} // namespace Sample
