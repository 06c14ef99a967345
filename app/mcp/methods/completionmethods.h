#pragma once

#include "mcp/methods/methods.h"

namespace Mcp {

/// completion/complete (2025-11-25, server/utilities/completion). What nobody completes has no values.
void complete(Core &core, const Incoming &incoming);

} // namespace Mcp
