#pragma once

#include "sample/server/router.h"

#include <QList>

namespace Sample {

/// table-lineage (https://docs.databricks.com/aws/en/data-governance/unity-catalog/data-lineage): the tables next to a
/// table, and who reads and writes it.
QList<Route> lineageRoutes();

} // namespace Sample
