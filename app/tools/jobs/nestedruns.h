#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// The iterations of a run: "250 iterations: 248 succeeded, 2 failed"; empty where there are none.
QString iterationsText(const QJsonArray &iterations);

/// Whether a run or task failed itself, not because of others.
bool failedItself(const QJsonObject &run);

/// Those of these runs or tasks that failed themselves, not because of others.
QJsonArray failedOnes(const QJsonArray &runs);

/// A for-each task (one element of a run's tasks): how its iterations went, the errors they had, and the output of the
/// first that failed. depth counts the runs it stands in.
QCoro::Task<QJsonObject> loopOutput(ToolCall call, QJsonObject task, qsizetype bytes, int depth);

/// Adds to a task that ran another job what became of that run, with the output of its first failed tasks.
QCoro::Task<QJsonObject> withChildRun(ToolCall call, QJsonObject row, QString childRunId, qsizetype bytes, int depth);

} // namespace Tools
