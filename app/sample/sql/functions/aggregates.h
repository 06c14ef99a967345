#pragma once

#include "sample/sql/functions/functions.h"

namespace Sample {

// Functions of many rows. All throw SqlFailure for what they do not take.

/// The result of an aggregate or window function: its SQL, the type, and the arguments that it is made of. Its columns
/// do not have to be grouped by, unless a window goes over the groups.
SqlValue overRows(const SqlCall &call, const QString &sql, const QString &type, const QList<SqlValue> &arguments);

/// " OVER (…)", or nothing.
QString overOf(const SqlCall &call);

/// The argument in those rows that FILTER leaves, and NULL, which aggregate functions pass over, in the others.
SqlValue whereFiltered(const SqlCall &call, const SqlValue &argument);

/// count(*), count(a, b), count(DISTINCT a, b)
SqlValue countOf(const SqlCall &call);

/// sum and avg
SqlValue summed(const SqlCall &call);

} // namespace Sample
