#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// What a file that is written to a volume replaces, line by line where both are text.
QCoro::Task<Calls::Consequence> writingOfVolumeFile(ToolCall call);
/// How large the file is, and how old.
QCoro::Task<Calls::Consequence> deletionOfVolumeFile(ToolCall call);

} // namespace Tools
