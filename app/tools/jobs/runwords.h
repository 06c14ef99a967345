#pragma once

#include "tools/kit/schema.h"

#include <QJsonObject>
#include <QString>

namespace Tools {

/// Where a run or a task of a run stands, from its status or, on older workspaces, from the deprecated state
/// (https://docs.databricks.com/api/workspace/jobs/getrun).
struct RunState
{
    QString state;   ///< "RUNNING", "TERMINATED", …
    QString result;  ///< how it ended: "SUCCESS", "RUN_EXECUTION_ERROR", …; empty before
    QString message; ///< the workspace's own words

    bool isOver() const;
    bool failed() const; ///< or was cancelled
    bool wasCancelled() const;
    /// It never ran because of another task of the run, or because it was not wanted.
    bool heldBack() const;
    /// "RUNNING" or "TERMINATED: SUCCESS".
    QString words() const;
};

RunState runState(const QJsonObject &run);

/// The row of a run in a list.
QJsonObject runRow(const QJsonObject &run);
Schema runRowSchema();

/// The tasks that a task of a job or a run waits for: "extract, clean".
QString dependsOnText(const QJsonObject &task);

/// The tasks that ran again with a repair, those that depend on what was named included.
QStringList tasksOfRepair(const QJsonObject &run, const QString &repairId);

/// The row of a task of a run.
QJsonObject taskRunRow(const QJsonObject &task);
Schema taskRunRowSchema();

/// The attempts of tasks that a later repair took the place of, where what it repaired had failed; oldest first: their
/// run ids, which get_run_output takes. The run's own tasks do not hold them.
QStringList replacedAttempts(const QJsonObject &run);

/// The rows of a run's repair_history, its original run first; the tasks are named by the run's own.
QJsonArray repairRows(const QJsonObject &run);
Schema repairRowSchema();

/// Where a run stands, as facts: its row, message, run_page_url, end_time, creator_user_name.
QJsonObject runFacts(const QJsonObject &run);
Schema runFactsSchema();

} // namespace Tools
