#pragma once

#include "sample/server/router.h"

namespace Sample {

/// SCIM's Users, Groups and ServicePrincipals (https://docs.databricks.com/api/workspace/users), to be read: everybody
/// whom the sample names. A filter is an equation: userName eq "a@example.com".
QList<Route> directoryRoutes();

} // namespace Sample
