#pragma once

#include <QJsonObject>
#include <QString>

namespace Sample {

/// How a task ends, in the words of runs/get (status.termination_details) and runs/get-output.
struct TaskOutcome
{
    QString result = QStringLiteral("SUCCESS"); ///< state.result_state
    QString code = QStringLiteral("SUCCESS");   ///< status.termination_details.code
    QString type = QStringLiteral("SUCCESS");
    QString message;
    QJsonObject output; ///< what runs/get-output says beside the run itself
};

/// What becomes of a task, decided by what it runs: most succeed, some notebooks and scripts of the sample always fail,
/// one fails on its first attempt only. attempt counts from 0.
TaskOutcome taskOutcome(const QJsonObject &task, int attempt);

/// A task that did not run because one it depends on failed, or because the run was cancelled.
TaskOutcome upstreamFailed();
TaskOutcome canceled();

} // namespace Sample
