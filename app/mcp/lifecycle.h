#pragma once

#include "mcp/methods.h"

namespace Mcp {

/// initialize (2025-11-25, basic/lifecycle): agrees on a revision and remembers the client's name.
void initialize(Core &core, const Incoming &incoming);
void ping(Core &core, const Incoming &incoming);
/// notifications/cancelled (2025-11-25, basic/utilities/cancellation). Nothing is said of what is no longer in work.
void cancelRequest(Core &core, const Notification &notification, const Sender &sender);

} // namespace Mcp
