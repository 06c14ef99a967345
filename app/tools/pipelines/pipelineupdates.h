#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

// The tools of the toolset pipelines that deal with updates and with what happened in them.
QCoro::Task<Mcp::ToolResult> getPipelineUpdate(ToolCall call);
QCoro::Task<Mcp::ToolResult> startPipeline(ToolCall call);
Schema updateSchema();
QCoro::Task<Mcp::ToolResult> listPipelineEvents(ToolCall call);
Schema pipelineEventsSchema();

} // namespace Tools
