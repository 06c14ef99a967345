#pragma once

#include "mcp/protocol/message.h"
#include "mcp/types/input.h"
#include "mcp/types/requestcontext.h"

#include <QCoroTask>

#include <functional>
#include <variant>

namespace Mcp {

/// What a handler came to: a result, an error of the protocol, or the need for input.
using Outcome = std::variant<QJsonObject, Error, InputRequired>;

/// Works on one request. Called again from the beginning when input it asked for is there. Not a coroutine itself where
/// it has captures.
using Handler = std::function<QCoro::Task<Outcome>(RequestContext)>;

} // namespace Mcp
