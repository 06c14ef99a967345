#pragma once

#include "mcp/methods/core.h"
#include "mcp/types/input.h"
#include "mcp/types/requestcontext.h"

#include <QCoroTask>

#include <functional>
#include <variant>

namespace Mcp {

/// What a handler came to: a result, an error of the protocol, or the need for input.
using HandlerResult = std::variant<QJsonObject, Error, InputRequired>;

/// Works on one request. Called again from the beginning when input it asked for is there. Not a coroutine itself where
/// it has captures.
using Handler = std::function<QCoro::Task<HandlerResult>(RequestContext)>;

/// Who makes the request, for display. A modern request says so itself, and nothing is remembered for it.
Client clientOf(const Core &core, const IncomingRequest &incoming);

/// Said to who asks while PendingRequests::isFull().
QString busyWords();

/// Works on a request until it is answered: gives the handler what comes with the request, runs it, and goes through
/// the rounds of input it asks for, as the request's era has them. Knows nothing of the server while the handler runs;
/// it may be gone when the handler is done. The subject is named in the log where a handler breaks its promise not to
/// throw.
void runRequest(Core &core, const IncomingRequest &incoming, const Handler &handler, const QString &subject);

} // namespace Mcp
