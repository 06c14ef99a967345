#include "sample/sql/translation/intervalreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/functions/datearithmetic.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/translation/expressionreader.h"

using namespace Qt::StringLiterals;

namespace Sample {

SqlValue IntervalReader::read()
{
    if (ahead(0).kind == SqlToken::Kind::Text && !isTimeUnit(ahead(1).text)) {
        IntervalReader parts(sqlTokens(m_tokens.at(m_at++).text), m_context, 0);
        parts.readSpans();
        parts.requireEnd();
        m_interval = parts.m_interval;
    } else {
        readSpans();
    }
    if (m_interval.spans.isEmpty() || is("TO"_L1))
        throw SqlFailure::unsupported(u"this INTERVAL"_s);
    return m_interval;
}

void IntervalReader::readSpans()
{
    while (!isAtEnd()) {
        const auto kind = ahead(0).kind;
        const bool isNext =
            m_interval.spans.isEmpty() || kind == SqlToken::Kind::Number || kind == SqlToken::Kind::Text;
        if (!isNext)
            break;
        ExpressionReader reader(m_tokens, m_context, m_at);
        const SqlValue count = castTo(reader.signedValue(), u"bigint"_s);
        const SqlToken unit = m_tokens.value(reader.at());
        if (!isTimeUnit(unit.text))
            break;
        m_at = reader.at() + 1;
        m_interval.spans.append({count.sql, unit.text});
        m_interval.columns += count.columns;
        m_interval.aggregates |= count.aggregates;
    }
}

} // namespace Sample
