#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/startedwork.h"
#include "tools/kit/toolcall.h"

namespace Tools {

/// Replaces where the argument overwrite is true, else it adds.
Calls::Effects overwriting(const ToolCall &call);

/// Ending work that this client has begun undoes its own; ending anybody else's interrupts.
Calls::Effects ending(const ToolCall &call, StartedWork::Kind kind, const QString &id);

/// The language of this name, in small or capital letters; Plain where it is none that is known.
Calls::Passage::Language languageNamed(const QString &name);

/// The argument path: what is written, moved or removed.
QString pathOf(const ToolCall &call);

} // namespace Tools
