#pragma once

#include "sample/sql/translation/expressioncontext.h"
#include "sample/sql/translation/tokenreader.h"

namespace Sample {

/// Reads what stands behind INTERVAL: 1 DAY, '7' DAYS, '1 day 2 hours', n MONTHS
/// (https://docs.databricks.com/sql/language-manual/data-types/interval-type). Throws SqlFailure.
class IntervalReader : public TokenReader
{
public:
    IntervalReader(const SqlTokens &tokens, const ExpressionContext &context, qsizetype at)
        : TokenReader(tokens, at)
        , m_context(context)
    {}

    SqlValue read();

private:
    void readSpans();

    const ExpressionContext &m_context;
    SqlValue m_interval{{}, QStringLiteral("interval")};
};

} // namespace Sample
