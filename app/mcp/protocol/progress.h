#pragma once

#include "mcp/protocol/answer.h"
#include "mcp/types/requestcontext.h"

#include <QJsonValue>

namespace Mcp {

/// Sends notifications/progress beside the answer (2025-11-25, basic/utilities/progress): only for a request that gave
/// a token, only values above the last, nothing after the answer. Empty without a token.
RequestContext::Progress progressTo(const AnswerPtr &answer, const QJsonValue &token);

} // namespace Mcp
