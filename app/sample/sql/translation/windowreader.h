#pragma once

#include "sample/sql/translation/expressionreader.h"

namespace Sample {

/// How rows are sorted by an expression: " DESC NULLS FIRST".
QString readDirection(const SqlTokens &tokens, qsizetype &i);

/// Reads what stands behind OVER in parentheses: PARTITION BY … ORDER BY … ROWS ….
class WindowReader : public TokenReader
{
public:
    WindowReader(const SqlTokens &tokens, const ExpressionContext &context)
        : TokenReader(tokens)
        , m_context(context)
    {}

    /// Its SQL is " OVER (…)".
    SqlValue read();

private:
    QString expressions(bool areSorted);
    QString frame();

    const ExpressionContext &m_context;
    QList<SqlValue> m_parts;
};

} // namespace Sample
