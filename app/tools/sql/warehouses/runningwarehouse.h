#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

#include <optional>

namespace Tools {

/// The first row of a query's answer, column to value.
struct RowWhereRunning
{
    std::optional<QJsonObject> row;
    std::optional<Calls::RowCount> unasked; ///< the warehouse, where it was not asked because it does not run
};

/// The first row of a query's answer, asked while a person decides: on the warehouse that the call
/// would run on, and only where that runs already, for a statement would start it. Nothing where it does not run, where
/// the query is not known to read only, or where there is no answer in the call's time; the workspace then ends the
/// query by itself after five seconds. The call's catalog, schema and parameters hold for it, too.
QCoro::Task<RowWhereRunning> firstRowWhereRunning(ToolCall call, QString query);

/// The same where the person wants the warehouse started for it; waits until it runs. Throws ApiError where there is no
/// row, with why.
QCoro::Task<QJsonObject> firstRowOnceRunning(ToolCall call, QString query, Calls::RowCount where);

} // namespace Tools
