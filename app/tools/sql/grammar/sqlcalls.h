#pragma once

#include "tools/sql/grammar/sqlwords.h"

namespace Tools {

/// What a statement calls, or may call.
struct SqlCall
{
    enum class Kind {
        Named,
        MadeAtRunTime, ///< IDENTIFIER(…)(…): the name is known to nobody
        InQuotes       ///< "f"(…): to some servers a name
    };

    Kind kind = Kind::Named;
    QStringList parts = {}; ///< of the name, in upper case
    QString written = {};   ///< "main.default.f()"
    bool isOdd = false;     ///< something else than a name stands before its first dot
};

/// Every call in a statement, wherever an expression can stand. A bracket that the grammar does not take for itself is
/// a call.
QList<SqlCall> callsIn(const SqlWords &words);

} // namespace Tools
