#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// prompts/list and prompts/get (2025-11-25, server/prompts).
void listPrompts(Core &core, const IncomingRequest &incoming);
void getPrompt(Core &core, const IncomingRequest &incoming);

} // namespace Mcp
