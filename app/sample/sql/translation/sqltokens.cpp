#include "sample/sql/translation/sqltokens.h"

#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

class Reader
{
public:
    explicit Reader(const QString &sql)
        : m_sql(sql)
    {}

    SqlTokens read()
    {
        while (skipToToken()) {
            const qsizetype begin = m_at;
            readToken();
            m_tokens.last().at = begin;
        }
        return m_tokens;
    }

private:
    QChar at(qsizetype offset = 0) const { return m_at + offset < m_sql.size() ? m_sql.at(m_at + offset) : QChar(); }
    bool startsWith(QStringView text) const { return QStringView(m_sql).sliced(m_at).startsWith(text); }
    void add(Kind kind, const QString &text) { m_tokens.append({kind, text}); }

    bool skipToToken()
    {
        while (m_at < m_sql.size()) {
            if (startsWith(u"--"))
                skipLine();
            else if (startsWith(u"/*"))
                skipComment();
            else if (at().isSpace())
                ++m_at;
            else
                return true;
        }
        return false;
    }

    void skipLine()
    {
        while (m_at < m_sql.size() && at() != u'\n' && at() != u'\r')
            ++m_at;
    }

    void skipComment()
    {
        int depth = 0;
        do {
            if (m_at >= m_sql.size())
                throw SqlFailure(u"UNCLOSED_BRACKETED_COMMENT"_s, u"Found an unclosed bracketed comment."_s,
                                 u"42601"_s);
            const int change = startsWith(u"/*") ? 1 : startsWith(u"*/") ? -1 : 0;
            depth += change;
            m_at += change == 0 ? 1 : 2;
        } while (depth > 0);
    }

    void readToken()
    {
        const QChar c = at();
        const bool isRaw = c.toLower() == u'r' && (at(1) == u'\'' || at(1) == u'"');
        if (isRaw)
            ++m_at, add(Kind::Text, quoted(false));
        else if (c == u'\'' || c == u'"')
            add(Kind::Text, quoted(true));
        else if (c == u'`')
            add(Kind::Name, quoted(false));
        else if (c.isDigit() || (c == u'.' && at(1).isDigit()))
            add(Kind::Number, number());
        else if (isWordPart(c))
            add(Kind::Word, word());
        else if (c == u':' && isWordPart(at(1)))
            ++m_at, add(Kind::Parameter, word());
        else
            add(Kind::Symbol, symbol());
    }

    QString word()
    {
        const qsizetype begin = m_at;
        while (isWordPart(at()))
            ++m_at;
        return m_sql.mid(begin, m_at - begin);
    }

    QString number()
    {
        const qsizetype begin = m_at;
        while (at().isDigit() || at() == u'.')
            ++m_at;
        const bool exponent =
            at().toLower() == u'e' && (at(1).isDigit() || ((at(1) == u'-' || at(1) == u'+') && at(2).isDigit()));
        if (exponent)
            m_at += 2;
        while (exponent && at().isDigit())
            ++m_at;
        // A letter says the type: 1L, 2.5D, 1BD.
        while (isWordPart(at()))
            ++m_at;
        return m_sql.mid(begin, m_at - begin);
    }

    QString symbol()
    {
        static const QStringList longer{u"<=>"_s, u"<="_s, u">="_s, u"<>"_s, u"!="_s, u"=="_s, u"||"_s, u"::"_s};
        QString text = at();
        for (const QString &one : longer) {
            if (startsWith(one)) {
                text = one;
                break;
            }
        }
        m_at += text.size();
        return text;
    }

    QString quoted(bool hasEscapes)
    {
        const QChar quote = at();
        QString text;
        for (++m_at; m_at < m_sql.size(); ++m_at) {
            const QChar c = at();
            if (c == quote && at(1) != quote) {
                ++m_at;
                return text;
            }
            const bool isEscape = c == u'\\' && hasEscapes && at(1) != u'%' && at(1) != u'_';
            if (c == quote || isEscape)
                ++m_at;
            text += isEscape ? unescaped(at()) : at();
        }
        throw SqlFailure::syntax(QString(quote));
    }

    static QChar unescaped(QChar c)
    {
        switch (c.unicode()) {
        case u'n':
            return u'\n';
        case u't':
            return u'\t';
        case u'r':
            return u'\r';
        default:
            return c;
        }
    }

    const QString m_sql;
    qsizetype m_at = 0;
    SqlTokens m_tokens;
};

QString between(QChar quote, const QString &text)
{
    return quote + QString(text).replace(quote, QString(2, quote)) + quote;
}

} // namespace

SqlTokens sqlTokens(const QString &sql)
{
    return Reader(sql).read();
}

bool takes(const SqlTokens &tokens, qsizetype &i, std::initializer_list<QLatin1StringView> words)
{
    qsizetype at = i;
    for (const QLatin1StringView word : words) {
        if (at >= tokens.size() || !tokens.at(at).isWord(word))
            return false;
        ++at;
    }
    i = at;
    return true;
}

SqlTokens parenthesized(const SqlTokens &tokens, qsizetype &i)
{
    const qsizetype begin = i + 1;
    int depth = 0;
    for (; i < tokens.size(); ++i) {
        depth += tokens.at(i).isSymbol("("_L1) ? 1 : tokens.at(i).isSymbol(")"_L1) ? -1 : 0;
        if (depth == 0)
            return tokens.mid(begin, i++ - begin);
    }
    throw SqlFailure::syntax(u"end of input"_s);
}

QStringList readName(const SqlTokens &tokens, qsizetype &i)
{
    QStringList parts;
    while (i < tokens.size() && (tokens.at(i).isIdentifier() || (!parts.isEmpty() && tokens.at(i).isSymbol("*"_L1)))) {
        parts.append(tokens.at(i).text);
        ++i;
        if (i >= tokens.size() || !tokens.at(i).isSymbol("."_L1))
            break;
        ++i;
    }
    if (parts.isEmpty())
        throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    return parts;
}

QString inSqlite(const SqlToken &token)
{
    switch (token.kind) {
    case Kind::Name:
        // Not in double quotes: an unknown name in those is a text to SQLite.
        return between(u'`', token.text);
    case Kind::Text:
        return between(u'\'', token.text);
    case Kind::Parameter:
        return u':' + token.text;
    default:
        return token.text;
    }
}

QString quotedName(const QString &name)
{
    return inSqlite({SqlToken::Kind::Name, name});
}

} // namespace Sample
