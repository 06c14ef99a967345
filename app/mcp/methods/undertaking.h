#pragma once

#include "mcp/methods/methods.h"
#include "mcp/protocol/outcome.h"

namespace Mcp {

/// More requests at a time are turned away with a request to try again.
inline constexpr qsizetype MostRequestsAtOnce = 64;

/// Whether there is room for one more.
bool isBusy(const Core &core);
QString busyWords();

/// Works on a request until it is answered: gives the handler what comes with the request, runs it, and goes through
/// the rounds of input it asks for, as the request's era has them. Knows nothing of the server while the handler runs;
/// it may be gone when the handler is done. The subject is named in the log where a handler breaks its promise not to
/// throw.
void undertake(Core &core, const Incoming &incoming, const Handler &handler, const QString &subject);

} // namespace Mcp
