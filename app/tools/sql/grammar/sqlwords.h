#pragma once

#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace Tools {

/// A piece of SQL that matters to who asks what a statement does.
struct SqlWord
{
    enum class Kind {
        Word,
        Name, ///< in back quotes: no word of the language, whatever it says
        Text, ///< in quotes; to some servers a name
        Symbol
    };

    Kind kind = Kind::Word;
    QString text;        ///< a word or name in upper case; a symbol's character; empty for a quoted text
    QString raw;         ///< a word, name or text as it was written, without its quotes
    qsizetype begin = 0; ///< where in the text it stands
    qsizetype end = 0;
};

using SqlWords = QList<SqlWord>;

/// SQL without its comments and quoted texts, statement by statement.
struct SqlReading
{
    QList<SqlWords> statements; ///< none of them is empty
    bool isDoubtful = false;    ///< a server may read the text in another way
    QStringList rawWords;       ///< every word in upper case, those in comments and quotes too
};

SqlReading readSql(const QString &sql);

/// The words of a text, which are parted by spaces.
QSet<QString> wordSet(const char *text);

/// A statement's words by their places; outside of it is nothing. The words must outlive it.
class SqlView
{
public:
    explicit SqlView(const SqlWords &words)
        : m_words(words)
    {}

    qsizetype size() const { return m_words.size(); }
    const SqlWord &at(qsizetype i) const { return m_words.at(i); }
    bool isWord(qsizetype i) const { return isKind(i, SqlWord::Kind::Word); }
    /// A word or a name in back quotes.
    bool isNamed(qsizetype i) const { return isWord(i) || isKind(i, SqlWord::Kind::Name); }
    bool is(qsizetype i, QLatin1StringView word) const { return isWord(i) && at(i).text == word; }
    bool isOf(qsizetype i, const QSet<QString> &among) const { return isWord(i) && among.contains(at(i).text); }
    bool isSymbol(qsizetype i, QChar symbol) const { return isKind(i, SqlWord::Kind::Symbol) && at(i).text == symbol; }
    /// The label of a block or a loop: "x: BEGIN". Any word may be one; ":x" of SELECT :x is a parameter.
    bool isLabel(qsizetype i) const;
    /// SET TAG ON TABLE t …: no setting of the session, for tags last
    /// (https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-ddl-set-tag).
    bool setsTag(qsizetype i) const
    {
        return is(i, QLatin1StringView("SET")) && is(i + 1, QLatin1StringView("TAG")) &&
               is(i + 2, QLatin1StringView("ON"));
    }
    /// Where the dotted name begins that ends there: "main" of "main.sales.orders".
    qsizetype nameBegin(qsizetype i) const;

private:
    bool isKind(qsizetype i, SqlWord::Kind kind) const { return i >= 0 && i < size() && at(i).kind == kind; }

    const SqlWords &m_words;
};

} // namespace Tools
