#include "sample/sql/sqlworker.h"

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

} // namespace

void SqlWorker::requireRows(const QStringList &name, const SqlDefaults &defaults) const
{
    const SampleTable table = m_catalog.table(name, defaults);
    requireWritable(table.fullName());
    if (!table.query.isEmpty()) {
        throw SqlFailure(u"EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE"_s,
                         u"The statement expects a table but `%1` is a view."_s.arg(table.fullName()), u"42809"_s);
    }
}

qint64 SqlWorker::executeChange(const SqlAsk &ask, const SqlTokens &tokens)
{
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery query(m_storage.database());
    execute(query, ask, translation);
    return query.numRowsAffected();
}

Result SqlWorker::insert(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    const bool overwrites = takes(tokens, i, {"OVERWRITE"_L1});
    if (!overwrites && !takes(tokens, i, {"INTO"_L1}))
        throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    takes(tokens, i, {"TABLE"_L1});
    qsizetype behind = i;
    requireRows(readName(tokens, behind), ask.defaults);
    const SqlTokens rest = tokens.mid(i);
    if (overwrites)
        executeChange(ask, deletionFrom(tokens.mid(i, behind - i)));
    return counted(u"num_inserted_rows"_s,
                   executeChange(ask, SqlTokens{{Kind::Word, u"INSERT"_s}, {Kind::Word, u"INTO"_s}} + rest));
}

Result SqlWorker::change(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"FROM"_L1});
    requireRows(readName(tokens, i), ask.defaults);
    return counted({}, executeChange(ask, tokens));
}

Result SqlWorker::truncate(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"TABLE"_L1});
    const SqlTokens name = tokens.mid(i);
    requireRows(readName(tokens, i), ask.defaults);
    executeChange(ask, deletionFrom(name));
    return std::make_shared<SqlResult>(1);
}

} // namespace Sample
