#include "tools/sql/grammar/sqlwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isMark() || c.isSurrogate();
}

/// As a server that folds each character by itself would write it ("ſ" becomes "S").
QString folded(QStringView word)
{
    QString upper;
    for (const QChar c : word)
        upper += c.toUpper();
    return upper;
}

bool isAscii(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
}

bool isNumber(QStringView word)
{
    return std::ranges::all_of(word, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Line ends to some, not to others.
bool isOddLineEnd(QChar c)
{
    return c == u'\v' || c == u'\f' || c == QChar(0x85) || c == QChar(0x2028) || c == QChar(0x2029);
}

class Reader
{
public:
    explicit Reader(const QString &sql)
        : m_sql(sql)
    {}

    SqlReading read()
    {
        while (m_at < m_sql.size()) {
            m_begin = m_at;
            readNext();
            setEnd();
        }
        endStatement();
        collectRawWords();
        return m_reading;
    }

private:
    QChar at(qsizetype offset = 0) const { return m_at + offset < m_sql.size() ? m_sql.at(m_at + offset) : QChar(); }
    bool startsWith(QStringView text) const { return QStringView(m_sql).sliced(m_at).startsWith(text); }
    void doubt() { m_reading.isDoubtful = true; }
    void add(SqlWord::Kind kind, const QString &text = {}, const QString &raw = {})
    {
        m_statement.append({kind, text, raw, m_begin, m_begin});
    }

    /// A word's end is known when the reader stands behind it.
    void setEnd()
    {
        if (!m_statement.isEmpty() && m_statement.last().end == m_begin && m_statement.last().begin == m_begin)
            m_statement.last().end = m_at;
    }

    void endStatement()
    {
        if (!m_statement.isEmpty())
            m_reading.statements.append(m_statement);
        m_statement.clear();
    }

    void readNext()
    {
        const QChar c = at();
        if (startsWith(u"--"))
            readLineComment();
        else if (startsWith(u"/*"))
            readBlockComment();
        else if (c == u'\'' || c == u'"' || c == u'`')
            readQuoted(c != u'`');
        else if (isWordPart(c))
            readWord();
        else if (c == u';')
            ++m_at, endStatement();
        else if (c.isSpace())
            ++m_at;
        else
            readSymbol(c);
    }

    void readSymbol(QChar c)
    {
        // ${name} is replaced before the text is parsed; $$ quotes in some dialects. What is neither ASCII nor a
        // letter has no place outside quotes.
        // Spark reads letters://… as one name, and no comment in it.
        if (c == u'$' || c == u'\\' || startsWith(u"://") || c.unicode() >= 0x7f || c.unicode() < 0x20)
            doubt();
        add(SqlWord::Kind::Symbol, QString(c));
        ++m_at;
    }

    void readWord()
    {
        const qsizetype begin = m_at;
        while (m_at < m_sql.size() && isWordPart(at()))
            ++m_at;
        // "1." is a number, and what stands behind its dot no part of a name.
        const QStringView digits = QStringView(m_sql).sliced(begin, m_at - begin);
        if (isNumber(digits) && at() == u'.' && !isWordPart(at(1)))
            ++m_at;
        const QStringView word = QStringView(m_sql).sliced(begin, m_at - begin);
        const QString upper = folded(word);
        if (!isAscii(word) && (isAscii(upper) || isAscii(word.toString().normalized(QString::NormalizationForm_KC))))
            doubt();
        // r'…' knows no escapes.
        if (upper == u"R" && (at() == u'\'' || at() == u'"'))
            return readQuoted(false);
        add(SqlWord::Kind::Word, upper, word.toString());
    }

    void readQuoted(bool hasEscapes)
    {
        const QChar quote = at();
        ++m_at;
        const qsizetype begin = m_at;
        while (m_at < m_sql.size()) {
            const QChar c = at();
            ++m_at;
            if (startsWithVariable(c))
                doubt();
            if (c == u'\\' && hasEscapes)
                ++m_at;
            else if (c == quote && quote == u'`' && at() == u'`')
                ++m_at;
            else if (c == quote && quote == u'`')
                return addName(QStringView(m_sql).sliced(begin, m_at - 1 - begin));
            else if (c == quote)
                return add(SqlWord::Kind::Text, {}, m_sql.sliced(begin, m_at - 1 - begin));
        }
        doubt();
    }

    void addName(QStringView quoted)
    {
        const QString name = quoted.toString().replace(u"``"_s, u"`"_s);
        add(SqlWord::Kind::Name, folded(name), name);
    }

    bool startsWithVariable(QChar c) const { return c == u'$' && at() == u'{'; }

    void readLineComment()
    {
        while (m_at < m_sql.size() && at() != u'\n' && at() != u'\r') {
            // A backslash continues the comment on the next line for Spark, and for nobody else.
            const bool continues = at() == u'\\' && (at(1) == u'\n' || at(1) == u'\r');
            if (continues || isOddLineEnd(at()) || startsWith(u"${"))
                doubt();
            ++m_at;
        }
    }

    void readBlockComment()
    {
        const bool isHint = startsWith(u"/*+");
        int depth = 0;
        do {
            if (startsWith(u"/*")) {
                // A hint's inside is read as SQL, and does not open a comment within one.
                if (depth > 0 && (isHint || startsWith(u"/*+")))
                    doubt();
                ++depth;
                m_at += 2;
            } else if (startsWith(u"*/")) {
                --depth;
                m_at += 2;
            } else {
                const QChar c = at();
                const bool isQuote = c == u'\'' || c == u'"' || c == u'`' || c == u';' || startsWith(u"--");
                if ((isHint && isQuote) || startsWith(u"${"))
                    doubt();
                ++m_at;
            }
        } while (depth > 0 && m_at < m_sql.size());
        if (depth > 0)
            doubt();
    }

    void collectRawWords()
    {
        qsizetype begin = -1;
        for (qsizetype i = 0; i <= m_sql.size(); ++i) {
            const bool inside = i < m_sql.size() && isWordPart(m_sql.at(i));
            if (inside && begin < 0)
                begin = i;
            if (!inside && begin >= 0) {
                m_reading.rawWords.append(folded(QStringView(m_sql).sliced(begin, i - begin)));
                begin = -1;
            }
        }
    }

    const QString m_sql;
    qsizetype m_at = 0;
    qsizetype m_begin = 0; ///< of what is being read
    SqlWords m_statement;
    SqlReading m_reading;
};

} // namespace

SqlReading readSql(const QString &sql)
{
    return Reader(sql).read();
}

QSet<QString> wordSet(const char *text)
{
    const QStringList words = QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    return QSet<QString>(words.begin(), words.end());
}

bool SqlView::isLabel(qsizetype i) const
{
    static const QSet<QString> Labelled = wordSet("BEGIN CASE FOR IF LOOP REPEAT WHILE");
    return isNamed(i) && isSymbol(i + 1, u':') && isOf(i + 2, Labelled);
}

qsizetype SqlView::nameBegin(qsizetype i) const
{
    while (isSymbol(i - 1, u'.') && isNamed(i - 2))
        i -= 2;
    return i;
}

} // namespace Tools
