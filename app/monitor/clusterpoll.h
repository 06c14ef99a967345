#pragma once

#include "databricks/workspace.h"
#include "monitor/cluster.h"

#include <QCoroTask>
#include <QStringList>

#include <optional>

namespace Monitor {

/// What one poll found out.
struct ClusterPoll
{
    bool whole = false;      ///< all clusters, not some
    QList<Cluster> clusters; ///< in the workspace's order
    QList<Cluster> unlisted; ///< asked for by id, since the listing has no job clusters
    QStringList gone;        ///< asked for by id, and there is no such cluster any more
    std::optional<Databricks::ApiError> error;
};

/// All clusters that people or the API made; those of `alsoIds` which are not among them one by one. Does not throw.
QCoro::Task<ClusterPoll> pollAll(Databricks::Workspace workspace, QStringList alsoIds);

/// Just these. Does not throw.
QCoro::Task<ClusterPoll> pollSome(Databricks::Workspace workspace, QStringList ids);

} // namespace Monitor
