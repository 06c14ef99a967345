#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// What the call's statement would bring: why it is asked about, how many rows it changes, and what stands on its table
/// or privileges now.
QCoro::Task<Calls::Consequence> statementConsequence(ToolCall call);

/// The same with the rows counted on the warehouse of its RowCount, which is started where it does not run; or with why
/// they could not be counted.
QCoro::Task<Calls::Consequence> countedConsequence(ToolCall call, Calls::Consequence consequence);

} // namespace Tools
