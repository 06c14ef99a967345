#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// completion/complete (2025-11-25, server/utilities/completion). What nobody completes has no values.
void complete(Core &core, const IncomingRequest &incoming);

} // namespace Mcp
