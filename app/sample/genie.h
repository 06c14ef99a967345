#pragma once

#include "sample/router.h"
#include "sample/sampleworkspace.h"

namespace Sample {

/// Genie over the taxi trips (https://docs.databricks.com/api/workspace/genie): conversations whose messages think for
/// a while. A question with “impossible” in it fails, one with “slow” takes twenty times as long.
QList<Route> genieRoutes(Tempo tempo);

} // namespace Sample
