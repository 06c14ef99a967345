#pragma once

#include "sample/sql/translation/sqltokens.h"

namespace Sample {

/// An item of a SELECT list.
struct SqlSelectItem
{
    SqlTokens expression;
    QString alias;           ///< empty: it has none
    QString type;            ///< where the expression says it
    bool isColumn = false;   ///< it names a column, or all of them
    bool aggregates = false; ///< it calls an aggregate function
};

SqlSelectItem readSelectItem(const SqlTokens &item);

/// As Databricks calls a column without an alias: count(1), year(d), (a + b).
QString columnNameOf(const SqlTokens &item);

} // namespace Sample
