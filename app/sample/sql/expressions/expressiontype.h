#pragma once

#include "sample/sql/translation/sqltokens.h"

#include <functional>

namespace Sample {

/// The type of a column by its name, as Unity Catalog spells it; empty where there is none.
using ColumnTypes = std::function<QString(const QString &name)>;

/// The type of an expression where that is a DECIMAL, "decimal(28,2)", by the rules of Databricks
/// (https://docs.databricks.com/sql/language-manual/data-types/decimal-type and ANSI compliance); empty for any other,
/// and for forms that are not read.
QString decimalTypeOf(const SqlTokens &expression, const ColumnTypes &columns);

} // namespace Sample
