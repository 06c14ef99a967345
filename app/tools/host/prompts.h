#pragma once

#include "calls/calllog.h"
#include "mcp/types/prompt.h"
#include "tools/host/session.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// Texts for a person to start from; what is asked of them is completed from the toolsets that are on.
QList<Mcp::RegisteredPrompt> prompts(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session);

} // namespace Tools
