#pragma once

#include "sample/sql/functions/functions.h"
#include "sample/sql/translation/expressioncontext.h"
#include "sample/sql/translation/tokenreader.h"

namespace Sample {

class SqlFailure;

/// Reads the calls of functions, CAST and the others that have a grammar of their own among them. All that it reads
/// throws SqlFailure.
class CallReader : public TokenReader
{
public:
    CallReader(const SqlTokens &tokens, const ExpressionContext &context, qsizetype at)
        : TokenReader(tokens, at)
        , m_context(context)
    {}

    SqlValue read();

    /// What a call of a function that the sample has gives.
    SqlValue resultOf(const SqlCall &call) const;
    SqlFailure noSuchFunction(const QStringList &name) const;

private:
    SqlValue cast();
    SqlValue extract();
    SqlValue trimmed();
    SqlValue position();
    SqlValue plain();
    SqlCall argumentsOf(const QString &function, SqlTokens tokens) const;
    SqlValue window();
    SqlValue inside(const SqlTokens &tokens) const;

    const ExpressionContext &m_context;
};

} // namespace Sample
