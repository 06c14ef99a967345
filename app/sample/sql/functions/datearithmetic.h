#pragma once

#include "sample/sql/expressions/sqlvalue.h"

namespace Sample {

/// The functions of dates and times that take a unit, such as MONTH, or a pattern. All throw SqlFailure for units and
/// patterns that do not belong there.

/// A date or time, with the spans added or subtracted; sign is "+" or "-". Days that the month does not have become
/// its last one. A date stays one unless hours are added.
SqlValue shifted(const SqlValue &value, const QString &sign, const QList<SqlSpan> &spans);

/// date + days, date - days
SqlValue shiftedByDays(const SqlValue &value, const QString &sign, const SqlValue &days);

/// dateadd(unit, count, value), whose result is a TIMESTAMP.
SqlValue shiftedByUnit(const QString &unit, const SqlValue &count, const SqlValue &value);

/// datediff(unit, begin, end)
SqlValue differenceInUnit(const QString &unit, const SqlValue &begin, const SqlValue &end);

/// date_trunc(unit, value)
SqlValue truncatedTime(const SqlValue &unit, const SqlValue &value);

/// date_format(value, pattern)
SqlValue formattedTime(const SqlValue &value, const SqlValue &pattern);

/// The function that gives a field of a time, "month" for MONTH or MONS; empty for no field.
QString fieldFunction(const QString &field);

/// Whether a word is a unit of time, in singular or plural.
bool isTimeUnit(const QString &word);

} // namespace Sample
