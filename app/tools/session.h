#pragma once

#include "calls/policy.h"
#include "databricks/workspace.h"

#include <QString>
#include <QStringList>

namespace Tools {

/// What a call is fixed to when it opens: whose workspace, with which defaults, under which policy. Replaced as a
/// whole when the person switches profiles or changes a setting; calls under way keep theirs.
struct Session {
    Databricks::Workspace workspace;
    QString profile;
    bool sample = false; ///< the built-in sample workspace: every answer says so
    QString defaultClusterId;
    QString defaultWarehouseId;
    Calls::Policy policy;
    QStringList toolsets; ///< the ones that are on
    std::function<void(const QString &clusterId)> clusterStarted = {}; ///< told of every start that was accepted
};

} // namespace Tools
