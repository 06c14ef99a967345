#pragma once

#include "sample/server/router.h"

namespace Sample {

/// The endpoint /api/2.0/token/list (https://docs.databricks.com/api/workspace/tokens/list): the caller's tokens,
/// never their values.
QList<Route> tokenRoutes();

} // namespace Sample
