#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// How much would leave this computer, which files, and how many would replace others.
QCoro::Task<Calls::Consequence> uploadOfFolder(ToolCall call);

} // namespace Tools
