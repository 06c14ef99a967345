#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/tool.h"

#include <functional>

namespace Tools {

using FactsOfRun = std::function<QJsonObject(const QJsonObject &run)>;

/// The answer of a tool that has started a run: where the run stands, after waiting for its end where the call's
/// argument wait asks for it (at most 45 s, with progress). Whatever goes wrong in reading it, the answer names the
/// run, so that nobody starts a second one. more is added to the facts; what factsOfRun makes of the run takes its
/// place where the run could be read.
QCoro::Task<Mcp::ToolResult> startedRun(ToolCall call, qint64 runId, QString what, QJsonObject more,
                                        FactsOfRun factsOfRun = {});

/// The argument wait.
Schema withWait(Schema schema);

/// A fresh token with which a repeated request starts nothing twice.
QString newIdempotencyToken();

/// The members of an object argument as texts, which is what the API takes for parameters.
QJsonObject asTexts(const QJsonObject &object);

/// run_job: starts a run of a job.
Tool runJobTool();

} // namespace Tools
