#pragma once

#include "mcp/protocol/answer.h"
#include "mcp/types/requestcontext.h"

namespace Mcp {

/// Sends notifications/message beside the answer, from the level on (2025-11-25, server/utilities/logging).
RequestContext::Log logTo(const AnswerPtr &answer, LogLevel from);

} // namespace Mcp
