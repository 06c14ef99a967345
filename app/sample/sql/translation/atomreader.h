#pragma once

#include "sample/sql/translation/expressioncontext.h"
#include "sample/sql/translation/tokenreader.h"

namespace Sample {

/// Reads what operators stand between: literals, names, calls, CASE, and expressions and queries in parentheses. All
/// that it reads throws SqlFailure.
class AtomReader : public TokenReader
{
public:
    AtomReader(const SqlTokens &tokens, const ExpressionContext &context, qsizetype at)
        : TokenReader(tokens, at)
        , m_context(context)
    {}

    SqlValue read();

private:
    SqlValue number();
    SqlValue text();
    SqlValue parameter();
    SqlValue bracketed();
    SqlValue word();
    SqlValue name();
    SqlValue call();

    // What begins with a word of its own, and whether it does.
    bool always() const { return true; }
    bool opens() const { return ahead(1).isSymbol(QLatin1StringView("(")); }
    bool hasText() const { return ahead(1).kind == SqlToken::Kind::Text; }
    bool hasCount() const;
    SqlValue null();
    SqlValue yes();
    SqlValue no();
    SqlValue choice();
    SqlValue exists();
    SqlValue interval();
    SqlValue timeLiteral();

    SqlValue expression();

    const ExpressionContext &m_context;
};

} // namespace Sample
