#pragma once

#include "sample/server/router.h"

namespace Sample {

class WorkspaceTree;

/// The endpoints /api/2.0/workspace/… (https://docs.databricks.com/api/workspace/workspace). The tree must outlive
/// them.
QList<Route> workspaceRoutes(WorkspaceTree &tree);

} // namespace Sample
