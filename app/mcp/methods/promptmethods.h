#pragma once

#include "mcp/methods/methods.h"

namespace Mcp {

/// prompts/list and prompts/get (2025-11-25, server/prompts).
void listPrompts(Core &core, const Incoming &incoming);
void getPrompt(Core &core, const Incoming &incoming);

} // namespace Mcp
