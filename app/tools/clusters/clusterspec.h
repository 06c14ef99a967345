#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

namespace Tools {

/// The arguments that configure a cluster, for creating and for editing one.
Schema &addClusterSpec(Schema &schema);

/// The cluster's size alone: num_workers or autoscale. Throws ApiError where the arguments contradict each other.
QJsonObject clusterSize(const ToolCall &call);

/// What the arguments configure, as the API spells it: only what was given, and null for what is taken off. Throws
/// ApiError as clusterSize().
QJsonObject clusterSpec(const ToolCall &call);

/// What create_cluster sends, with what it adds by itself. Throws ApiError where the arguments do not make a cluster.
QJsonObject newClusterSpec(const ToolCall &call);

} // namespace Tools
