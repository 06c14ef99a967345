#pragma once

#include "sample/server/router.h"

namespace Sample {

/// The number of the workspace, as the header X-Databricks-Org-Id of every answer tells it.
inline constexpr auto WorkspaceId = QLatin1StringView("3512467908812345");

/// Where a client that has no token yet learns what it talks to; it falls back on its own settings where it cannot.
inline constexpr auto HostPath = QLatin1StringView("/.well-known/databricks-config");

/// Who the sample's token belongs to.
QString sampleUser();

/// SCIM's Me, the question that tests a token (https://docs.databricks.com/api/workspace/currentuser/me), and HostPath.
QList<Route> identityRoutes();

/// The endpoint /api/2.0/token/list (https://docs.databricks.com/api/workspace/tokens/list): the caller's tokens,
/// never their values.
QList<Route> tokenRoutes();

} // namespace Sample
