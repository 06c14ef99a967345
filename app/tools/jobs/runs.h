#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

/// jobs/runs/get with the tasks of all its pages, and with the repairs; the run's name becomes the call's target.
/// Throws ApiError.
QCoro::Task<QJsonObject> readRun(ToolCall call, qint64 runId);

/// jobs/get with the tasks and parameters of all its pages; the job's name becomes the call's target. Throws ApiError.
QCoro::Task<QJsonObject> readJob(ToolCall call, qint64 jobId);

/// For the person who is asked to approve: what the argument run_id or job_id names.
QCoro::Task<QString> runTarget(ToolCall call);
QCoro::Task<QString> jobTarget(ToolCall call);

/// Where a run stands, as facts: run_id, run_name, state, result, message, run_page_url.
QJsonObject runFacts(const QJsonObject &run);
Schema runFactsSchema();

Schema runIdSchema();
Schema jobIdSchema();

// The tools.
QCoro::Task<Mcp::ToolResult> listRuns(ToolCall call);
QCoro::Task<Mcp::ToolResult> getRun(ToolCall call);
QCoro::Task<Mcp::ToolResult> cancelRun(ToolCall call);
Schema runRowSchema();
Schema taskRunRowSchema();

} // namespace Tools
