#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/tool.h"

namespace Tools {

/// The tasks of a run, each once: of a task that was repaired the last attempt. A run without tasks is its own.
QJsonArray latestTasks(const QJsonObject &run);

/// Their keys, the first fifty: "extract, load, publish".
QString namesOf(const QJsonArray &tasks);

/// Of these keys those that none of the run's tasks has.
QStringList unknownTasks(const QJsonObject &run, const QStringList &keys);

/// The output of a task (one element of a run's tasks) in at most bytes: task_key, run_id, state, result, and where
/// there are such: notebook_result, error and error_trace from their beginning, logs from their end; notes say what was
/// left out. Of a loop the failed iterations, of a task that runs a job what became of that run. depth counts the runs
/// that were followed so. Throws ApiError.
QCoro::Task<QJsonObject> taskOutput(ToolCall call, QJsonObject task, qsizetype bytes, int depth = 0);
/// The same; where it cannot be read the row has output_problem.
QCoro::Task<QJsonObject> outputOrProblem(ToolCall call, QJsonObject task, qsizetype bytes, int depth = 0);
Schema taskOutputSchema();

/// An output as text.
QString outputText(const QJsonObject &output);

/// get_run_output: what the tasks of a run gave.
Tool getRunOutputTool();

} // namespace Tools
