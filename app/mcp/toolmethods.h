#pragma once

#include "mcp/methods.h"

namespace Mcp {

/// More calls at a time are turned away with a request to try again.
inline constexpr qsizetype MostCallsAtOnce = 64;
/// More tools than this are listed in pages.
inline constexpr qsizetype ToolsPerPage = 200;

/// tools/list (2025-11-25, server/tools).
void listTools(Core &core, const Incoming &incoming);
/// tools/call: an unknown tool is an error of the protocol, arguments that do not fit are one the model can mend.
void callTool(Core &core, const Incoming &incoming);

} // namespace Mcp
