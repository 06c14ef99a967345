#pragma once

#include "sample/sql/translation/sqltokens.h"

namespace Sample {

/// Tokens, and how far they are read.
class TokenReader
{
public:
    explicit TokenReader(const SqlTokens &tokens, qsizetype at = 0)
        : m_tokens(tokens)
        , m_at(at)
    {}

    qsizetype at() const { return m_at; }
    bool isAtEnd() const { return m_at >= m_tokens.size(); }

protected:
    bool is(QLatin1StringView word) const { return m_tokens.value(m_at).isWord(word); }
    bool isSymbol(QLatin1StringView text) const { return m_tokens.value(m_at).isSymbol(text); }
    /// The token so many further on; one without a text behind the last.
    SqlToken ahead(qsizetype count) const { return m_tokens.value(m_at + count); }

    // Each reads what it is called by, if it stands there.
    bool takesWord(QLatin1StringView word) { return takes(m_tokens, m_at, {word}); }
    bool takesWords(std::initializer_list<QLatin1StringView> words) { return takes(m_tokens, m_at, words); }
    bool takesSymbol(QLatin1StringView text);
    /// One of the symbols, or an empty text.
    QString takenSymbol(const QStringList &symbols);
    /// What stands in the parentheses here. Throws SqlFailure where none open.
    SqlTokens takenBrackets();

    /// Throws SqlFailure: what stands here does not belong here.
    [[noreturn]] void refuse() const;
    void requireEnd() const;

    const SqlTokens m_tokens;
    qsizetype m_at;
};

} // namespace Sample
