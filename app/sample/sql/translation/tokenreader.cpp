#include "sample/sql/translation/tokenreader.h"

#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

bool TokenReader::takesSymbol(QLatin1StringView text)
{
    const bool found = isSymbol(text);
    m_at += found ? 1 : 0;
    return found;
}

QString TokenReader::takenSymbol(const QStringList &symbols)
{
    const SqlToken token = m_tokens.value(m_at);
    if (token.kind != SqlToken::Kind::Symbol || !symbols.contains(token.text))
        return {};
    ++m_at;
    return token.text;
}

SqlTokens TokenReader::takenBrackets()
{
    if (!isSymbol("("_L1))
        refuse();
    return parenthesized(m_tokens, m_at);
}

void TokenReader::refuse() const
{
    throw SqlFailure::syntax(isAtEnd() ? u"end of input"_s : m_tokens.at(m_at).text);
}

void TokenReader::requireEnd() const
{
    if (!isAtEnd())
        refuse();
}

} // namespace Sample
