#pragma once

#include "sample/server/router.h"

#include <QList>

namespace Sample {

struct CatalogData;

/// table-lineage and column-lineage (https://docs.databricks.com/aws/en/data-governance/unity-catalog/data-lineage):
/// the tables next to a table, and who reads and writes it. They tell of the same as system.access.table_lineage.
QList<Route> lineageRoutes(const CatalogData &data);

} // namespace Sample
