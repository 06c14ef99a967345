#pragma once

#include "mcp/methods/clientinput.h"
#include "mcp/methods/listeners.h"
#include "mcp/methods/peers.h"
#include "mcp/methods/pendingrequests.h"
#include "mcp/methods/ratelimit.h"
#include "mcp/methods/registries.h"
#include "mcp/methods/reply.h"
#include "mcp/protocol/message.h"
#include "mcp/protocol/tokensigner.h"
#include "mcp/types/implementation.h"

#include <functional>
#include <memory>

namespace Mcp {

/// What the methods work with. It may outlive the server while a message is being handled.
struct Core
{
    Implementation implementation = {};
    ToolRegistry tools = {};
    PromptRegistry prompts = {};
    ResourceRegistry resources = {};
    bool logging = false;

    KnownClients clients = {};
    RecentPeers<Peer::Key, LogLevel> logLevels = {}; ///< that legacy clients asked for
    PendingRequests pending = {};
    RateLimits callRates = {};
    Listeners listeners = {};
    std::shared_ptr<ClientRequests> clientRequests = std::make_shared<ClientRequests>();
    TokenSigner signer = {};
    std::function<void(const ToolRequest &, const QString &reason)> refused = {};
};

/// A request on its way into a method.
struct IncomingRequest
{
    Request request;
    Peer peer;
    Reply reply;
};

} // namespace Mcp
