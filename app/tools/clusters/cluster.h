#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

/// clusters/get, with the cluster's name as the call's target. Throws ApiError.
QCoro::Task<QJsonObject> readCluster(ToolCall call, QString clusterId);

/// The cluster's name, for the person who is asked to approve.
QCoro::Task<QString> clusterTarget(ToolCall call);

/// Words and the state they speak of, as clusterStateSchema() says.
Mcp::ToolResult clusterState(const QString &words, const QJsonObject &cluster);
Schema clusterStateSchema();

/// Tells the session that the workspace accepted to start this cluster, so that somebody may watch it.
void clusterAccepted(const ToolCall &call, const QString &clusterId);

} // namespace Tools
