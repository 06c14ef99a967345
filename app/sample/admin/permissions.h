#pragma once

#include "sample/server/router.h"

#include <functional>
#include <optional>

namespace Sample {

/// Who made the object of this id, one of a type of the API ("clusters"); nullopt where there is no such object.
using PermissionSubjects = std::function<std::optional<QString>(const QString &type, const QString &id)>;

/// The endpoints /api/2.0/permissions/{object_type}/{object_id}
/// (https://docs.databricks.com/api/workspace/permissions). Every object of a known type has some; changes are kept as
/// long as the routes are.
QList<Route> permissionRoutes(const PermissionSubjects &subjects);

} // namespace Sample
