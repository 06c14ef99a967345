#pragma once

#include "mcp/implementation.h"
#include "mcp/knownclients.h"
#include "mcp/listeners.h"
#include "mcp/message.h"
#include "mcp/pendingrequests.h"
#include "mcp/promptbook.h"
#include "mcp/questions.h"
#include "mcp/ratelimit.h"
#include "mcp/reply.h"
#include "mcp/resourceshelf.h"
#include "mcp/seal.h"
#include "mcp/toolbox.h"

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
