#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

// What a call to the administration's tools would bring, for the person who is asked.

/// Who holds which permission level now, and which then.
QCoro::Task<Calls::Consequence> changeOfPermissions(ToolCall call);
/// Whether a secret of this name is replaced.
QCoro::Task<Calls::Consequence> storingOfSecret(ToolCall call);
QCoro::Task<Calls::Consequence> deletionOfSecret(ToolCall call);

} // namespace Tools
