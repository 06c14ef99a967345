#pragma once

#include <QList>
#include <QStringList>

namespace Sample {

/// A token of Databricks SQL.
struct SqlToken
{
    enum class Kind { Word, Name, Text, Number, Parameter, Symbol };

    Kind kind = Kind::Word;
    QString text;     ///< without quotes and escapes; a parameter without its colon
    qsizetype at = 0; ///< where it begins in the statement

    bool isWord(QLatin1StringView word) const
    {
        return kind == Kind::Word && text.compare(word, Qt::CaseInsensitive) == 0;
    }
    bool isSymbol(QLatin1StringView symbol) const { return kind == Kind::Symbol && text == symbol; }
    bool isIdentifier() const { return kind == Kind::Word || kind == Kind::Name; }
};

using SqlTokens = QList<SqlToken>;

/// The tokens of a statement, without comments. Throws SqlFailure for what is not closed.
SqlTokens sqlTokens(const QString &sql);

/// Reads the words if they stand at i, and moves i behind them.
bool takes(const SqlTokens &tokens, qsizetype &i, std::initializer_list<QLatin1StringView> words);

/// What stands between the parenthesis at i and the one that closes it; moves i behind that.
SqlTokens parenthesized(const SqlTokens &tokens, qsizetype &i);

/// Reads the dotted name that begins at i, and moves i behind it.
QStringList readName(const SqlTokens &tokens, qsizetype &i);

/// A token as SQLite writes it.
QString inSqlite(const SqlToken &token);

/// A name as SQLite quotes it.
QString quotedName(const QString &name);

} // namespace Sample
