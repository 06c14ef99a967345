#pragma once

#include "calls/record.h"

#include <QVariantList>

class QSqlQuery;

namespace Calls {

/// What becomes of a call, in the order of the journal's statements: target, arguments, outcome, message, duration_ms,
/// answer_bytes, permission, id.
QVariantList valuesOf(const Record &record);
/// What a call begins with: started, client, profile, workspace, tool.
QVariantList startOf(const Record &record);
/// The row of an exchange.
QVariantList valuesOf(const Rest::Exchange &exchange, const Record &record, int position);

/// A row of: started, client, profile, workspace, tool, target, arguments, outcome, message, duration_ms, answer_bytes,
/// permission, id.
Record recordOf(const QSqlQuery &row);
/// A row of an exchange, which has the time since the call's start.
Rest::Exchange exchangeOf(const QSqlQuery &row, const QDateTime &callStarted);

} // namespace Calls
