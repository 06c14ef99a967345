#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// tools/list (2025-11-25, server/tools).
void listTools(Core &core, const IncomingRequest &incoming);
/// tools/call: an unknown tool is an error of the protocol, arguments that do not fit are one the model can mend.
void callTool(Core &core, const IncomingRequest &incoming);

} // namespace Mcp
