#pragma once

#include "sample/sqltokens.h"

namespace Sample {

/// A call of a function that SQLite does not have as SQLite's own; tokens at i is its name, and a parenthesis follows.
/// Empty text: SQLite's name is the same.
struct SqlFunction
{
    QString before;                      ///< instead of the name and its parenthesis
    QString after;                       ///< instead of the closing parenthesis
    QString comma = QStringLiteral(","); ///< instead of the commas between its arguments
};

/// nullptr where SQLite has it under the same name.
const SqlFunction *sqlFunction(const QString &name);

/// The type that a CAST names, as SQLite wants it: STRING would be a number there.
QString castType(const QString &type);

} // namespace Sample
