#pragma once

#include "sample/server/router.h"

namespace Sample {

class WarehouseFleet;

/// The endpoints /api/2.0/sql/warehouses (https://docs.databricks.com/api/workspace/warehouses). The fleet must outlive
/// them.
QList<Route> warehouseRoutes(WarehouseFleet &fleet);

} // namespace Sample
