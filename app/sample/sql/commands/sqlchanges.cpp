#include "sample/sql/commands/sqlchanges.h"

#include "sample/sql/sqlfailure.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;
using Result = std::shared_ptr<SqlResult>;

Result counted(const QString &what, qint64 rows)
{
    auto result = std::make_shared<SqlResult>(1);
    result->columns = {{u"num_affected_rows"_s, u"bigint"_s}};
    QJsonArray cells{QString::number(rows)};
    if (!what.isEmpty()) {
        result->columns.append({what, u"bigint"_s});
        cells.append(QString::number(rows));
    }
    result->add(cells);
    return result;
}

SqlTokens deletionFrom(const SqlTokens &rest)
{
    return SqlTokens{{Kind::Word, u"DELETE"_s}, {Kind::Word, u"FROM"_s}} + rest;
}

/// Throws SqlFailure for what is not a table whose rows may change.
void requireRows(const SqlContext &context, const QStringList &name)
{
    const SampleTable table = context.catalog.table(name, context.ask.defaults);
    context.catalog.requireWritable(table.fullName());
    // Its rows are kept as the user sees them: what is hidden of them could not be changed, nor new ones be hidden.
    if (context.catalog.data().isMasked(table.fullName()))
        throw SqlFailure::unsupported(u"a change of the rows of a table with a row filter or column masks"_s);
    if (!table.query.isEmpty()) {
        throw SqlFailure(u"EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE"_s,
                         u"The statement expects a table but `%1` is a view."_s.arg(table.fullName()), u"42809"_s);
    }
}

/// SQLite's number of the last row of a table.
qint64 lastRow(const SqlContext &context, const SampleTable &table)
{
    context.storage.ensure(table, context.catalog.data());
    QSqlQuery query(context.storage.database());
    query.exec(u"SELECT coalesce(max(rowid), 0) FROM "_s + quotedName(table.id));
    return query.next() ? query.value(0).toLongLong() : 0;
}

} // namespace

Result insertRows(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    const bool overwrites = takes(tokens, i, {"OVERWRITE"_L1});
    if (!overwrites && !takes(tokens, i, {"INTO"_L1}))
        throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    takes(tokens, i, {"TABLE"_L1});
    qsizetype behind = i;
    const QStringList name = readName(tokens, behind);
    requireRows(context, name);
    const SqlTokens insertion = SqlTokens{{Kind::Word, u"INSERT"_s}, {Kind::Word, u"INTO"_s}} + tokens.mid(i);
    if (!overwrites)
        return counted(u"num_inserted_rows"_s, context.change(insertion));
    // The rows before go last: the new ones may come from them, and a failure must leave them.
    const SampleTable table = context.catalog.table(name, context.ask.defaults);
    const qint64 before = lastRow(context, table);
    const qint64 inserted = context.change(insertion);
    context.storage.execute(u"DELETE FROM %1 WHERE rowid <= %2"_s.arg(quotedName(table.id)).arg(before));
    return counted(u"num_inserted_rows"_s, inserted);
}

Result changeRows(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"FROM"_L1});
    requireRows(context, readName(tokens, i));
    return counted({}, context.change(tokens));
}

Result truncateTable(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"TABLE"_L1});
    const SqlTokens name = tokens.mid(i);
    requireRows(context, readName(tokens, i));
    context.change(deletionFrom(name));
    return std::make_shared<SqlResult>(1);
}

} // namespace Sample
