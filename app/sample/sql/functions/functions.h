#pragma once

#include "sample/sql/expressions/sqlvalue.h"

#include <optional>

namespace Sample {

/// A call of a function: name(DISTINCT arguments) FILTER (WHERE filter) OVER (over).
struct SqlCall
{
    QString name; ///< in small letters
    QList<SqlValue> arguments = {};
    QString unit = {}; ///< the first argument of dateadd(MONTH, 1, d)
    bool isDistinct = false;
    bool isStar = false; ///< count(*)
    std::optional<SqlValue> filter = {};
    std::optional<SqlValue> over = {}; ///< its SQL is " OVER (…)"
};

/// Whether the first of three arguments is a unit of time.
bool takesUnit(const QString &function);

/// Whether the sample computes functions of this name.
bool isComputed(const QString &function);

/// What the call of such a function gives. Throws SqlFailure for arguments that the function does not take and for what
/// the sample does not run.
SqlValue called(const SqlCall &call);

} // namespace Sample
