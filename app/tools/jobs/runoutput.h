#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

/// The tasks of a run, each once: of a task that was repaired the last attempt. A run without tasks is its own.
QJsonArray latestTasks(const QJsonObject &run);

/// The output of a task (one element of a run's tasks) in at most bytes: task_key, run_id, state, result, and where
/// there are such: notebook_result from its beginning, error, error_trace and logs from their ends; notes say what was
/// left out. Throws ApiError.
QCoro::Task<QJsonObject> taskOutput(ToolCall call, QJsonObject task, qsizetype bytes);
Schema taskOutputSchema();

/// An output as text.
QString outputText(const QJsonObject &output);

/// The tool get_run_output.
QCoro::Task<Mcp::ToolResult> getRunOutput(ToolCall call);
/// What get_run_output's argument field may be.
QStringList outputFields();

} // namespace Tools
