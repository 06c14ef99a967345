#pragma once

#include "sample/sql/expressions/casts.h"

namespace Sample {

/// The value where one of this type is wanted: a text becomes what it says, a date a time, and anything a text. Throws
/// SqlFailure where Databricks would want a CAST.
SqlValue coerced(const SqlValue &value, const QString &type);

/// The value itself. Throws SqlFailure for an INTERVAL, which the sample has only beside a date or a time.
SqlValue plain(const SqlValue &value);

/// The type that all of the values have in common.
QString commonType(const QList<SqlValue> &values);
/// The values as that type; decimals keep their own digits.
QList<SqlValue> alike(const QList<SqlValue> &values);

/// DATE '…' and TIMESTAMP '…'.
SqlValue typedLiteral(const QString &type, const QString &text);

} // namespace Sample
