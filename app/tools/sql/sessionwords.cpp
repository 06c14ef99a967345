#include "tools/sql/sessionwords.h"

#include "tools/sql/grammar/sqlwords.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Whether it makes a view, a table or a function that only its session has.
bool isTemporary(const SqlView &words)
{
    for (qsizetype i = 1; i < words.size() && i < 5; ++i) {
        if (words.is(i, "TEMP"_L1) || words.is(i, "TEMPORARY"_L1))
            return words.is(0, "CREATE"_L1);
        if (words.is(i, "VIEW"_L1) || words.is(i, "TABLE"_L1) || words.is(i, "FUNCTION"_L1))
            return false;
    }
    return false;
}

} // namespace

QString sessionNote(const QString &statement)
{
    const SqlReading reading = readSql(statement);
    if (reading.statements.size() != 1)
        return {};
    const SqlView words(reading.statements.first());
    const QString ended = u"This has no effect on later calls: each statement runs in a session of its own. "_s;
    if (words.is(0, "USE"_L1))
        return ended + u"Give catalog and schema with each statement instead."_s;
    if ((words.is(0, "SET"_L1) && !words.setsTag(0)) || words.is(0, "RESET"_L1))
        return ended + u"Settings cannot be kept: write the value into the statement that needs it."_s;
    if (words.is(0, "DECLARE"_L1))
        return ended + u"Give values as parameters, or put all into one BEGIN … END script."_s;
    if (isTemporary(words))
        return ended + u"Use WITH … in the statement that needs it, or a view that lasts."_s;
    return {};
}

} // namespace Tools
