#pragma once

#include "sample/server/router.h"

namespace Sample {

/// The endpoints /api/2.0/permissions/{object_type}/{object_id}
/// (https://docs.databricks.com/api/workspace/permissions). Every object of a known type has some; changes are kept as
/// long as the routes are.
QList<Route> permissionRoutes(const QString &user);

} // namespace Sample
