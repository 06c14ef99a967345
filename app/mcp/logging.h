#pragma once

#include "mcp/answer.h"
#include "mcp/requestcontext.h"

namespace Mcp {

/// Sends notifications/message beside the answer, from the level on (2025-11-25, server/utilities/logging).
RequestContext::Log logTo(const AnswerPtr &answer, LogLevel from);

} // namespace Mcp
