#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/tool.h"

namespace Tools {

/// What the person is asked about a call: exactly what will run, the deciding arguments first. secrets are texts that
/// are shown nowhere: this program's own token and keys.
Calls::ApprovalRequest approvalRequest(const Tool &tool, const ToolCall &call, Calls::Effects effects,
                                       const QStringList &secrets);

} // namespace Tools
