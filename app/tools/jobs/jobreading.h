#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// jobs/runs/get with the tasks and iterations of all its pages, and with the repairs, and with "problem" where a page
/// could not be read; the run's name becomes the call's target.
/// Throws ApiError.
QCoro::Task<QJsonObject> readRun(ToolCall call, qint64 runId);

/// jobs/get with the tasks and parameters of all its pages, and with "problem" in its settings where one could not be
/// read; the job's name becomes the call's target. Throws ApiError.
QCoro::Task<QJsonObject> readJob(ToolCall call, qint64 jobId);

/// For the person who is asked to approve: what the argument run_id or job_id names.
QCoro::Task<QString> runTarget(ToolCall call);
QCoro::Task<QString> jobTarget(ToolCall call);

Schema runIdSchema();
Schema jobIdSchema();

/// The argument first_task, for answers that show the tasks of a job or a run.
Schema withFirstTask(Schema schema);

} // namespace Tools
