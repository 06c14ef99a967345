#pragma once

#include "mcp/methods/methods.h"

namespace Mcp {

/// initialize (2025-11-25, basic/lifecycle): agrees on a revision and remembers the client's name.
void initialize(Core &core, const Incoming &incoming);
/// server/discover (2026-07-28, server/discover).
void discover(Core &core, const Incoming &incoming);
void ping(Core &core, const Incoming &incoming);
/// logging/setLevel (2025-11-25, server/utilities/logging): for all that comes from the same client.
void setLogLevel(Core &core, const Incoming &incoming);
/// notifications/cancelled (2025-11-25, basic/utilities/cancellation). Nothing is said of what is no longer in work.
void cancelRequest(Core &core, const Notification &notification, const Sender &sender);

} // namespace Mcp
