#pragma once

#include <QJsonObject>
#include <QString>

#include <memory>

namespace Sample {

struct NotebookRecord;

/// How a task ends, in the words of runs/get (status.termination_details) and runs/get-output.
struct TaskOutcome
{
    QString result = QStringLiteral("SUCCESS"); ///< state.result_state
    QString code = QStringLiteral("SUCCESS");   ///< status.termination_details.code
    QString type = QStringLiteral("SUCCESS");
    QString message;
    QString condition;                         ///< "true" or "false": how the condition of a condition task came out
    QJsonObject output;                        ///< what runs/get-output says beside the run itself
    std::shared_ptr<const NotebookRecord> ran; ///< for runs/export: what ran, and what its cells gave
};

/// A task whose code raised an error; trace may be empty.
TaskOutcome failed(const QString &error, const QString &trace, bool isScript);
/// What it is to run is not there; in the words of the API.
TaskOutcome notFound(const QString &message);
TaskOutcome driverLost();
/// Some iterations of a for-each task failed.
TaskOutcome iterationsFailed(int failures, int all);

/// A task that waits for the other side of a condition.
TaskOutcome excluded(const QString &condition);
/// A task that did not run because one it depends on failed, or because the run was cancelled.
TaskOutcome upstreamFailed();
TaskOutcome canceled();

} // namespace Sample
