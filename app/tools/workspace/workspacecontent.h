#pragma once

#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>

namespace Tools {

QCoro::Task<Mcp::ToolResult> writeNotebook(ToolCall call);
QCoro::Task<Mcp::ToolResult> importObject(ToolCall call);
QCoro::Task<Mcp::ToolResult> exportObject(ToolCall call);

/// "new /Shared/etl/load", or what is to be replaced there.
QCoro::Task<QString> writingTarget(ToolCall call);

} // namespace Tools
