#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// Stopping a warehouse: the statements that run on it, and whose.
QCoro::Task<Calls::Consequence> interruptionOfWarehouse(ToolCall call);
/// Starting one: how large it is and when it stops by itself.
QCoro::Task<Calls::Consequence> startOfWarehouse(ToolCall call);

} // namespace Tools
