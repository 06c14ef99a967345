#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// An update of a pipeline: what is emptied first, how it stands, where it writes to.
QCoro::Task<Calls::Consequence> startOfPipeline(ToolCall call);
/// The update that is cancelled.
QCoro::Task<Calls::Consequence> interruptionOfPipeline(ToolCall call);

} // namespace Tools
