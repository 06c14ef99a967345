#pragma once

#include <QList>
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
    QString text; ///< a word or name in upper case; a symbol's character; empty for a quoted text
    QString raw;  ///< a word or name as it was written
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

} // namespace Tools
