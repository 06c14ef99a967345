#pragma once

#include "sample/server/router.h"

namespace Sample {

struct CatalogData;

/// What is said of securables: grants that change, comments, tags
/// (https://docs.databricks.com/api/workspace/entitytagassignments) and lineage. The data must outlive them.
QList<Route> governanceRoutes(CatalogData &data);

} // namespace Sample
