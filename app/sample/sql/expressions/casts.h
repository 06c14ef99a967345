#pragma once

#include "sample/sql/expressions/sqlvalue.h"

namespace Sample {

/// What becomes of a value that the other type has no place for.
enum class CastFailure { Raises, GivesNull };

/// CAST(value AS type) and TRY_CAST (https://docs.databricks.com/sql/language-manual/functions/cast), type as Unity
/// Catalog spells it. Throws SqlFailure where there is no such cast, or the sample has none.
SqlValue castTo(const SqlValue &value, const QString &type, CastFailure failure = CastFailure::Raises);

} // namespace Sample
