#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

// What deleting a securable of Unity Catalog would bring, for the person who is asked.

QCoro::Task<Calls::Consequence> deletionOfTable(ToolCall call);
QCoro::Task<Calls::Consequence> deletionOfVolume(ToolCall call);
QCoro::Task<Calls::Consequence> deletionOfSchema(ToolCall call);

/// "2 tables (a, b), 1 volume (c), no functions": what is inside a schema, each as far as it can be known.
QCoro::Task<QStringList> insideOfSchema(ToolCall call, QString catalog, QString schema);

} // namespace Tools
