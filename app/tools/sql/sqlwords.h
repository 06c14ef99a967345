#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Tools {

/// A piece of SQL that matters to who asks what a statement does.
struct SqlWord
{
    enum class Kind { Word, Text, Symbol };

    Kind kind = Kind::Word;
    QString text; ///< a word in upper case; a symbol's character; empty for a quoted text or name
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
