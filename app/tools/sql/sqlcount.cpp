#include "tools/sql/sqlcount.h"

#include "tools/sql/grammar/sqlwords.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Behind the dotted name that begins at i; i where there is none.
qsizetype behindName(const SqlView &view, qsizetype i)
{
    if (!view.isNamed(i))
        return i;
    ++i;
    while (view.isSymbol(i, u'.') && view.isNamed(i + 1))
        i += 2;
    return i;
}

/// Behind "AS a" or "a", where the word that follows the name is none of the statement's own.
qsizetype behindAlias(const SqlView &view, qsizetype i)
{
    const auto isKeyword = [&view](qsizetype at) { return view.is(at, "WHERE"_L1) || view.is(at, "SET"_L1); };
    if (view.is(i, "AS"_L1))
        return view.isNamed(i + 1) && !isKeyword(i + 1) ? i + 2 : i;
    return view.isNamed(i) && !isKeyword(i) ? i + 1 : i;
}

/// The one WHERE from i on that stands in no bracket: the statement's size where there is none, -1 where there are
/// several or the brackets do not match.
qsizetype onlyWhere(const SqlView &view, qsizetype i)
{
    qsizetype found = view.size();
    int depth = 0;
    for (; i < view.size(); ++i) {
        for (const QChar open : u"([{")
            depth += view.isSymbol(i, open) ? 1 : 0;
        for (const QChar close : u")]}")
            depth -= view.isSymbol(i, close) ? 1 : 0;
        if (depth < 0)
            return -1;
        if (depth > 0 || !view.is(i, "WHERE"_L1))
            continue;
        if (found < view.size())
            return -1;
        found = i;
    }
    return depth == 0 ? found : -1;
}

} // namespace

QString countingQuery(const QString &sql)
{
    const SqlReading reading = readSql(sql);
    if (reading.isDoubtful || reading.statements.size() != 1)
        return {};
    const SqlView view(reading.statements.first());
    const bool isUpdate = view.is(0, "UPDATE"_L1);
    if (!isUpdate && !(view.is(0, "DELETE"_L1) && view.is(1, "FROM"_L1)))
        return {};
    const qsizetype name = isUpdate ? 1 : 2;
    const qsizetype behind = behindName(view, name);
    const qsizetype table = behindAlias(view, behind);
    const qsizetype where = onlyWhere(view, table);
    if (behind == name || where < 0)
        return {};
    // Between them stands nothing, or an UPDATE's assignments.
    if (isUpdate ? !view.is(table, "SET"_L1) : where != table)
        return {};
    const auto slice = [&](qsizetype first, qsizetype last) {
        return sql.sliced(view.at(first).begin, view.at(last).end - view.at(first).begin);
    };
    QString query = u"SELECT count(*) FROM "_s + slice(name, table - 1);
    if (where < view.size())
        query += u'\n' + slice(where, view.size() - 1);
    return query;
}

} // namespace Tools
