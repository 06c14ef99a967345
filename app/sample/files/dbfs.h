#pragma once

#include "sample/server/router.h"

namespace Sample {

/// The reading half of the DBFS API (https://docs.databricks.com/api/workspace/dbfs): list, get-status, read.
QList<Route> dbfsRoutes();

} // namespace Sample
