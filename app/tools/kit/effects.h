#pragma once

#include "tools/kit/startedwork.h"
#include "tools/kit/toolcall.h"

namespace Tools {

/// Replaces where the argument overwrite is true, else it adds.
Calls::Effects overwriting(const ToolCall &call);

/// Ending work that this client has begun undoes its own; ending anybody else's interrupts.
Calls::Effects ending(const ToolCall &call, StartedWork::Kind kind, const QString &id);

/// The argument path: what is written, moved or removed.
QString pathOf(const ToolCall &call);

} // namespace Tools
