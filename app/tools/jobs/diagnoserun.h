#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

/// The tool diagnose_run: everything one looks up when a run has failed, in one answer.
QCoro::Task<Mcp::ToolResult> diagnoseRun(ToolCall call);
Schema diagnosisSchema();

} // namespace Tools
