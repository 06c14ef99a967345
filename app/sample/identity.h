#pragma once

#include "sample/router.h"

namespace Sample {

/// Who the sample's token belongs to.
QString sampleUser();

/// SCIM's Me, the question that tests a token (https://docs.databricks.com/api/workspace/currentuser/me).
QList<Route> identityRoutes();

} // namespace Sample
