#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// Finds the method in the table of those that exist in the revision's era, and runs it; answers -32601 where there is
/// none.
void dispatch(Core &core, const IncomingRequest &incoming);
/// The same for notifications; those without a row are ignored, as JSON-RPC has it.
void dispatch(Core &core, const Notification &notification, const Revision &revision, const Peer &peer);

} // namespace Mcp
