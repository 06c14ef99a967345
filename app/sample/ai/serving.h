#pragma once

#include "sample/server/router.h"

namespace Sample {

/// Three endpoints that serve models, and what they answer
/// (https://docs.databricks.com/api/workspace/servingendpoints).
QList<Route> servingRoutes();

} // namespace Sample
