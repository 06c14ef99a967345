#pragma once

#include "mcp/methods/core.h"
#include "mcp/types/input.h"
#include "mcp/types/requestcontext.h"

#include <QCoroTask>

#include <functional>
#include <variant>

namespace Mcp {

/// What a handler gives: a result, an error of the protocol, or a request for the client's input.
using HandlerResult = std::variant<QJsonObject, Error, InputRequired>;

/// Makes the coroutine that works on one request. Called again from the beginning when the input it asked for is there.
/// Must not be a coroutine itself if it has captures: they would go before it ends.
using Handler = std::function<QCoro::Task<HandlerResult>(RequestContext)>;

/// Who makes the request, for display. A modern request says so itself, and nothing is remembered for it.
Client clientOf(const Core &core, const IncomingRequest &incoming);

/// Takes a place for one call of the peer; where there is none, the words for the client.
QString obstacle(Core &core, const Peer &peer);

/// Runs a handler until the request is answered, with as many rounds of client input as it asks for, in the way of the
/// request's era. Keeps no reference to the core: the server may be gone when the handler is done. The subject names
/// the request in the log if the handler throws, which it must not.
void beginRequest(Core &core, const IncomingRequest &incoming, const Handler &handler, const QString &subject);
/// The same where the obstacle() allows it, else answers with an error.
void runRequest(Core &core, const IncomingRequest &incoming, const Handler &handler, const QString &subject);

} // namespace Mcp
