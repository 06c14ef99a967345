#pragma once

#include "sample/server/router.h"

namespace Sample {

/// MLflow's experiments and runs (https://docs.databricks.com/api/workspace/experiments), and the models that are
/// registered in Unity Catalog with their versions.
QList<Route> mlflowRoutes();

} // namespace Sample
