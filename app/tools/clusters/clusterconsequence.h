#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

// What a call to a cluster tool would bring, for the person who is asked.

/// Stopping or restarting it: what runs on it and is lost.
QCoro::Task<Calls::Consequence> interruptionOfCluster(ToolCall call);
/// Deleting it for good.
QCoro::Task<Calls::Consequence> deletionOfCluster(ToolCall call);
/// Other settings: which, from what to what, and what a restart would interrupt.
QCoro::Task<Calls::Consequence> editOfCluster(ToolCall call);
/// Another number of workers.
QCoro::Task<Calls::Consequence> resizeOfCluster(ToolCall call);
/// A new one: how large it is, and when it stops by itself.
QCoro::Task<Calls::Consequence> newCluster(ToolCall call);
/// Libraries: when they come or go, and what runs on it meanwhile.
QCoro::Task<Calls::Consequence> librariesOfCluster(ToolCall call);

} // namespace Tools
