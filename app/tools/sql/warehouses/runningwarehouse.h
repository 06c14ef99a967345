#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

#include <optional>

namespace Tools {

/// The first row of a query's answer, column to value, asked while a person decides: on the warehouse that the call
/// would run on, and only where that runs already, for a statement would start it. Nothing where it does not run, where
/// the query is not known to read only, or where there is no answer in the call's time; the workspace then ends the
/// query by itself after five seconds. The call's catalog, schema and parameters hold for it, too.
QCoro::Task<std::optional<QJsonObject>> firstRowWhereRunning(ToolCall call, QString query);

} // namespace Tools
