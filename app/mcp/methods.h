#pragma once

#include "mcp/answer.h"
#include "mcp/knownclients.h"
#include "mcp/message.h"
#include "mcp/pendingrequests.h"
#include "mcp/revision.h"
#include "mcp/server.h"
#include "mcp/toolbox.h"

#include <functional>

namespace Mcp {

/// What the methods work with. It may outlive the server while a message is being handled.
struct Core
{
    Implementation implementation;
    Toolbox tools;
    KnownClients clients;
    PendingRequests pending;
    std::function<void(const ToolRequest &, const QString &reason)> refused;
};

/// A request on its way into a method.
struct Incoming
{
    Request request;
    Revision revision;
    Sender sender;
    AnswerPtr answer;
};

/// Finds the method in the table of those that exist in the revision's era, and runs it; answers -32601 where there is
/// none.
void dispatch(Core &core, const Incoming &incoming);
/// The same for notifications; those without a row are ignored, as JSON-RPC has it.
void dispatch(Core &core, const Notification &notification, const Revision &revision, const Sender &sender);

} // namespace Mcp
