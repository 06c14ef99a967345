#pragma once

#include <QList>
#include <QString>

namespace Sample {

/// A token of Databricks SQL.
struct SqlToken
{
    enum class Kind { Word, Name, Text, Number, Parameter, Symbol };

    Kind kind = Kind::Word;
    QString text; ///< without quotes and escapes; a parameter without its colon

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

/// A token as SQLite writes it.
QString inSqlite(const SqlToken &token);

} // namespace Sample
