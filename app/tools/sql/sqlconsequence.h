#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// What the call's statement would bring: why it is asked about, how many rows it changes, and what stands on its table
/// or privileges now.
QCoro::Task<Calls::Consequence> statementConsequence(ToolCall call);

} // namespace Tools
