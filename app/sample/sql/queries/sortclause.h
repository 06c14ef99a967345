#pragma once

#include "sample/sql/translation/expressioncontext.h"

namespace Sample {

/// An item of a SELECT list.
struct SelectItem
{
    QString name; ///< of the column that it becomes
    SqlValue value;
};

/// The items by their names in small letters.
QHash<QString, SqlValue> aliasesOf(const QList<SelectItem> &items);

/// The place of a number such as the 2 of ORDER BY 2, counted from 0. Throws SqlFailure where there is no such item.
qsizetype placeOf(const SqlValue &number, qsizetype count, const QString &clause);

/// What stands behind ORDER BY, and the values that are no items. Throws SqlFailure.
struct SortClause
{
    QString sql; ///< " ORDER BY …"
    QList<SelectItem> others;
};

SortClause sortClause(const SqlTokens &tokens, const QList<SelectItem> &items, const ExpressionContext &context);

} // namespace Sample
