#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// subscriptions/listen (2026-07-28, basic/patterns/subscriptions): a stream that tells of what the client opts in to,
/// as far as it is registered.
void listen(Core &core, const IncomingRequest &incoming);

/// resources/subscribe and resources/unsubscribe (2025-11-25, server/resources). There are no sessions: a subscription
/// belongs to all that comes from the same client with the same credentials, and is told on the streams it opened.
void subscribeResource(Core &core, const IncomingRequest &incoming);
void unsubscribeResource(Core &core, const IncomingRequest &incoming);

/// A GET of a legacy client (2025-11-25, basic/transports, "Listening for Messages from the Server").
void openStream(Core &core, const ResponderPtr &responder, const Peer &peer);

} // namespace Mcp
