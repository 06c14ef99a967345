#pragma once

#include "sample/sql/expressions/sqlvalue.h"

namespace Sample {

// Functions that make a text, or choose, from any number of values. All throw SqlFailure for what they do not take.

/// concat(a, b, …): NULL where one is.
SqlValue concatenated(const QList<SqlValue> &values);

/// concat_ws(separator, a, b, …) leaves NULLs out.
SqlValue joinedWith(const QList<SqlValue> &values);

/// format_string(pattern, a, b, …), the pattern a literal with %s, %d, %x and %f.
SqlValue printed(const QList<SqlValue> &values);

/// decode(value, key, result, …, otherwise)
SqlValue decoded(const QList<SqlValue> &values);

} // namespace Sample
