#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

// What a call to the workspace's tools would bring, for the person who is asked.

/// A notebook that is written: what it replaces, line by line.
QCoro::Task<Calls::Consequence> writingOfNotebook(ToolCall call);
/// The same for a file or a notebook in any format, as far as two texts can be compared.
QCoro::Task<Calls::Consequence> importOfObject(ToolCall call);
/// How much is inside a folder that is deleted.
QCoro::Task<Calls::Consequence> deletionOfObject(ToolCall call);
/// What a Git folder is on now.
QCoro::Task<Calls::Consequence> updateOfRepo(ToolCall call);
QCoro::Task<Calls::Consequence> deletionOfRepo(ToolCall call);

} // namespace Tools
