#pragma once

#include "sample/sql/expressions/sqlvalue.h"

namespace Sample {

/// a + b, a - b, a * b, a / b, a % b and a DIV b, of numbers, and of dates and times with what is added to them.
/// Dividing by zero fails. All throw SqlFailure for types that do not go together.
SqlValue calculated(const QString &sign, const SqlValue &a, const SqlValue &b);

/// try_add, try_divide …: NULL where calculated() would fail.
SqlValue triedCalculation(const QString &sign, const SqlValue &a, const SqlValue &b);

SqlValue negated(const SqlValue &value);

/// a || b
SqlValue joined(const SqlValue &a, const SqlValue &b);

/// a = b, a <> b, a < b, a <=> b …
SqlValue compared(const QString &sign, const SqlValue &a, const SqlValue &b);

/// a AND b AND c, a OR b
SqlValue combined(const QString &word, const QList<SqlValue> &values);

/// A value of this form, where truths stand for $1 ….
SqlValue truth(const QString &form, const QList<SqlValue> &values);

} // namespace Sample
