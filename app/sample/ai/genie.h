#pragma once

#include "sample/server/router.h"
#include "sample/server/tempo.h"

namespace Sample {

class StatementBook;

/// Genie over the taxi trips and the sales targets (https://docs.databricks.com/api/workspace/genie): conversations
/// whose messages think for a while, run a query, and say what its rows do. The statements must outlive the routes. A
/// question with “impossible” in it fails, one with “slow” takes twenty times as long.
QList<Route> genieRoutes(Tempo tempo, StatementBook &statements);

} // namespace Sample
