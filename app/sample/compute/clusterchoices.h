#pragma once

#include "sample/server/router.h"

namespace Sample {

/// A cluster policy as the API tells it; empty where there is none of this id.
QJsonObject samplePolicy(const QString &id);

/// What a cluster can be made of: node types, runtimes, policies, instance pools.
QList<Route> clusterChoiceRoutes();

} // namespace Sample
