#pragma once

#include "mcp/methods/knownclients.h"
#include "mcp/methods/listeners.h"
#include "mcp/methods/pendingrequests.h"
#include "mcp/methods/promptbook.h"
#include "mcp/methods/questions.h"
#include "mcp/methods/ratelimit.h"
#include "mcp/methods/reply.h"
#include "mcp/methods/resourceshelf.h"
#include "mcp/methods/toolbox.h"
#include "mcp/protocol/message.h"
#include "mcp/protocol/seal.h"
#include "mcp/types/implementation.h"

#include <functional>
#include <memory>

namespace Mcp {

/// What the methods work with. It may outlive the server while a message is being handled.
struct Core
{
    Implementation implementation = {};
    Toolbox tools = {};
    PromptBook prompts = {};
    ResourceShelf resources = {};
    bool logging = false;

    KnownClients clients = {};
    Recent<Sender::Key, LogLevel> logLevels = {}; ///< that legacy clients asked for
    PendingRequests pending = {};
    RateLimit callRate = {};
    Listeners listeners = {};
    std::shared_ptr<Questions> questions = std::make_shared<Questions>();
    Seal seal = {};
    std::function<void(const ToolRequest &, const QString &reason)> refused = {};
};

/// A request on its way into a method.
struct Incoming
{
    Request request;
    Sender sender;
    Reply reply;
};

/// Who makes the request, for display. A modern request says so itself, and nothing is remembered for it.
Client clientOf(const Core &core, const Incoming &incoming);

/// Finds the method in the table of those that exist in the revision's era, and runs it; answers -32601 where there is
/// none.
void dispatch(Core &core, const Incoming &incoming);
/// The same for notifications; those without a row are ignored, as JSON-RPC has it.
void dispatch(Core &core, const Notification &notification, const Revision &revision, const Sender &sender);

} // namespace Mcp
