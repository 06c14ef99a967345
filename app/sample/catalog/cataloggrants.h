#pragma once

#include "sample/server/router.h"

namespace Sample {

struct CatalogData;

/// permissions and effective-permissions of Unity Catalog (https://docs.databricks.com/api/workspace/grants). The data
/// must outlive them.
QList<Route> grantRoutes(const CatalogData &data);

} // namespace Sample
