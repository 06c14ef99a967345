#pragma once

#include "sample/sql/expressions/sqlvalue.h"

#include <optional>

namespace Sample {

/// The number that a literal such as 1, 1.50, 1e3 or 1L is, with its type
/// (https://docs.databricks.com/sql/language-manual/sql-ref-datatypes); nullopt where it is none. Throws SqlFailure for
/// more digits than there are.
std::optional<SqlValue> numberIn(const QString &text);

} // namespace Sample
