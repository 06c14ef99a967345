#pragma once

#include "sample/server/router.h"

namespace Sample {

/// Four apps with what they were deployed from (https://docs.databricks.com/api/workspace/apps): one runs, one crashes,
/// one is being deployed, one is stopped.
QList<Route> appRoutes();

} // namespace Sample
