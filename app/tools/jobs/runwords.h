#pragma once

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
    bool failed() const;
    /// It never ran because of another task of the run, or because it was not wanted.
    bool heldBack() const;
    /// "RUNNING" or "TERMINATED: SUCCESS".
    QString words() const;
};

RunState runState(const QJsonObject &run);

/// "2 h 5 min", "41 s"; for what still runs "12 min so far"; empty for what has not begun.
QString runDuration(const QJsonObject &run);

/// The row of a run in a list.
QJsonObject runRow(const QJsonObject &run);
/// The row of a task of a run.
QJsonObject taskRunRow(const QJsonObject &task);

} // namespace Tools
