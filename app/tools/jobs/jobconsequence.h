#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

// What a call to a job tool would bring, for the person who is asked.

/// A new job: whether it starts by itself.
QCoro::Task<Calls::Consequence> newJob(ToolCall call);
/// Other settings: what changes, line by line; its schedule, runs.
QCoro::Task<Calls::Consequence> updateOfJob(ToolCall call);
QCoro::Task<Calls::Consequence> deletionOfJob(ToolCall call);
/// A run more: its schedule, last run, the runs that are under way.
QCoro::Task<Calls::Consequence> startOfJob(ToolCall call);
/// The tasks that would run once more.
QCoro::Task<Calls::Consequence> repairOfRun(ToolCall call);
/// How far the run is that would be cancelled.
QCoro::Task<Calls::Consequence> cancellationOfRun(ToolCall call);
/// What it runs on, and when the notebook was last changed.
QCoro::Task<Calls::Consequence> runOfNotebook(ToolCall call);

} // namespace Tools
