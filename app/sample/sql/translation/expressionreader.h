#pragma once

#include "sample/sql/translation/expressioncontext.h"
#include "sample/sql/translation/tokenreader.h"

#include <optional>

namespace Sample {

/// Reads expressions of Databricks SQL by the precedence of its operators
/// (https://docs.databricks.com/sql/language-manual/sql-ref-functions-builtin#operator-precedence). All that it reads
/// throws SqlFailure.
class ExpressionReader : public TokenReader
{
public:
    ExpressionReader(const SqlTokens &tokens, const ExpressionContext &context, qsizetype at = 0)
        : TokenReader(tokens, at)
        , m_context(context)
    {}

    /// Reads an expression as far as it goes.
    SqlValue expression();
    /// The same without comparisons and what is made of them: the a of a BETWEEN b AND c.
    SqlValue operand();
    /// Reads one that all of the tokens are.
    SqlValue whole();
    /// Those between commas, to the end.
    QList<SqlValue> list();

    SqlValue signedValue();

private:
    SqlValue conjunction();
    SqlValue negation();
    SqlValue predicate();
    SqlValue sum();
    SqlValue product();
    SqlValue postfix();

    std::optional<SqlValue> predicateBehind(const SqlValue &left);
    SqlValue isWhat(const SqlValue &left);
    SqlValue isBetween(const SqlValue &left);
    SqlValue isIn(const SqlValue &left);
    SqlValue isLike(const SqlValue &left);
    SqlValue isIlike(const SqlValue &left);
    SqlValue isRlike(const SqlValue &left);
    SqlValue likePattern(const SqlValue &left, const SqlValue &pattern);
    void refuseQuantifier() const;
    std::optional<SqlValue> rowInQuery();

    const ExpressionContext &m_context;
};

} // namespace Sample
