#pragma once

#include "sample/server/router.h"

namespace Sample {

/// Two endpoints with three indexes (https://docs.databricks.com/api/workspace/vectorsearchindexes). “Nearest” means
/// here: shares the most words with the question.
QList<Route> vectorSearchRoutes();

} // namespace Sample
