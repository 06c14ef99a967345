#include "sample/sql/queries/subqueries.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString within(const QString &sql)
{
    return u'(' + sql + u')';
}

/// A value from a subquery. Its columns from the query around it are columns of the value.
SqlValue valueFrom(const SqlQuery &query, const QString &sql, const QString &type, const ExpressionContext &context)
{
    SqlValue value{sql, type};
    for (const OuterColumn &column : query.outerColumns) {
        if (column.depth == 1)
            value.columns.append(QStringList{column.sql, sql});
        else
            context.outerColumns->append({column.sql, column.depth - 1});
    }
    return value;
}

QString columnName(qsizetype i)
{
    return u"value%1"_s.arg(i + 1);
}

} // namespace

bool isQuery(const SqlTokens &tokens)
{
    qsizetype i = 0;
    while (tokens.value(i).isSymbol("("_L1))
        ++i;
    const SqlToken first = tokens.value(i);
    return first.isWord("SELECT"_L1) || first.isWord("WITH"_L1) || first.isWord("VALUES"_L1);
}

SqlValue scalarSubquery(const SqlTokens &tokens, const ExpressionContext &context)
{
    const SqlQuery query = context.readQuery(tokens);
    if (query.columns.size() != 1) {
        throw SqlFailure(
            u"INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN"_s,
            u"Invalid subquery: Scalar subquery must return only one column, but got %1."_s.arg(query.columns.size()),
            u"42823"_s);
    }
    // SQLite would take the first of many rows.
    const QString checked =
        u"(WITH one(value) AS (%1) SELECT CASE WHEN count(*) > 1 THEN %2 ELSE max(value) END FROM one)"_s.arg(
            query.sql, raised(u"SCALAR_SUBQUERY_TOO_MANY_ROWS"_s));
    return valueFrom(query, query.hasOneRow ? within(query.sql) : checked, query.columns.first().typeText, context);
}

SqlValue existence(const SqlTokens &tokens, const ExpressionContext &context)
{
    const SqlQuery query = context.readQuery(tokens);
    return valueFrom(query, u"EXISTS "_s + within(query.sql), u"boolean"_s, context);
}

SqlValue membership(const QList<SqlValue> &row, const SqlTokens &tokens, const ExpressionContext &context)
{
    const SqlQuery query = context.readQuery(tokens);
    if (query.columns.size() != row.size()) {
        throw SqlFailure(u"DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH"_s,
                         u"The subquery of IN has %1 columns and not %2."_s.arg(query.columns.size()).arg(row.size()),
                         u"42K09"_s);
    }
    QStringList left;
    QStringList names;
    QStringList right;
    QList<SqlValue> values;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const QList<SqlValue> both = alike({row.at(i), SqlValue{columnName(i), query.columns.at(i).typeText}});
        names.append(columnName(i));
        left.append(both.at(0).sql);
        right.append(both.at(1).sql);
        values.append(both.at(0));
    }
    const QString rows = names == right ? query.sql
                                        : u"WITH listed(%1) AS (%2) SELECT %3 FROM listed"_s.arg(
                                              names.join(", "_L1), query.sql, right.join(", "_L1));
    const QString sql = row.size() == 1 ? left.first() : within(left.join(", "_L1));
    const QString test = within(sql + u" IN "_s + within(rows));
    values.append(valueFrom(query, test, u"boolean"_s, context));
    return computed(test, u"boolean"_s, values);
}

} // namespace Sample
