#pragma once

#include "calls/policyinforce.h"
#include "databricks/workspace.h"
#include "tools/code/contextpool.h"
#include "tools/kit/startedwork.h"
#include "tools/sql/export/exports.h"

#include <QString>
#include <QStringList>

namespace Tools {

/// What a call is fixed to when it opens: whose workspace, with which defaults, under which policy. Replaced as a
/// whole when the person switches profiles or changes a setting; calls under way keep theirs.
struct Session
{
    Databricks::Workspace workspace;
    QString profile;
    bool sample = false; ///< the built-in sample workspace: every answer says so
    QString defaultClusterId;
    QString defaultWarehouseId;
    std::shared_ptr<Calls::PolicyInForce> inForce = std::make_shared<Calls::PolicyInForce>();
    QStringList toolsets;      ///< the ones that are on
    QString exportFolder = {}; ///< where query results are written; made when it is needed
    QString sharedFolder = {}; ///< out of which and into which files may be moved; empty: none was chosen
    /// Outlives the session where variables of run_code shall outlive a change of the settings.
    std::shared_ptr<ContextPool> contexts = std::make_shared<ContextPool>();
    /// Outlives the session, too: a client may end what it has begun.
    std::shared_ptr<StartedWork> started = std::make_shared<StartedWork>();
    /// Outlives the session, too: an export goes on when profiles are switched.
    std::shared_ptr<ExportsUnderWay> exports = std::make_shared<ExportsUnderWay>();
    /// From a call's opening to its answer: clients give up after about a minute (their SDK's default is 60 s).
    std::chrono::milliseconds answerTime = std::chrono::seconds(45);
    std::function<void(const QString &clusterId)> clusterStarted = {}; ///< told of every start that was accepted

    const Calls::Policy &policy() const { return inForce->now(); }
};

} // namespace Tools
