#pragma once

#include "sample/sql/translation/expressioncontext.h"
#include "sample/sql/translation/sqltokens.h"

namespace Sample {

/// Whether what stands in parentheses is a query.
bool isQuery(const SqlTokens &tokens);

// Values made of subqueries. All throw SqlFailure.

/// (SELECT …), which fails where it has more than one row.
SqlValue scalarSubquery(const SqlTokens &tokens, const ExpressionContext &context);

/// EXISTS (SELECT …)
SqlValue existence(const SqlTokens &tokens, const ExpressionContext &context);

/// a IN (SELECT …), (a, b) IN (SELECT …)
SqlValue membership(const QList<SqlValue> &row, const SqlTokens &tokens, const ExpressionContext &context);

} // namespace Sample
