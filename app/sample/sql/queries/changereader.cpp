#include "sample/sql/queries/changereader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/queries/queryreader.h"
#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/expressionreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const SampleColumn &columnOf(const SampleTable &table, const QString &name)
{
    const auto column =
        std::ranges::find_if(table.columns, [&name](const SampleColumn &one) { return isSameName(one.name, name); });
    if (column == table.columns.end())
        throw SqlFailure::noSuchColumn(name);
    return *column;
}

/// A value as a column stores it.
SqlValue stored(const SqlValue &value, const SampleColumn &column)
{
    if (familyOf(column.typeText) == TypeFamily::Other || familyOf(column.typeText) == TypeFamily::Text)
        return familyOf(value) == TypeFamily::Other ? value : coerced(value, u"string"_s);
    const bool areNumbers = isNumber(familyOf(value)) && isNumber(familyOf(column.typeText));
    return areNumbers ? castTo(value, column.typeText) : coerced(value, column.typeText);
}

/// UPDATE and DELETE, whose table may have an alias.
class ChangeReader : public TokenReader
{
public:
    ChangeReader(const SqlTokens &tokens, StatementReading &reading, qsizetype at)
        : TokenReader(tokens, at)
        , m_place{reading}
        , m_context(contextOf(m_place, m_scope, &m_outerColumns))
    {
        const QStringList name = readName(m_tokens, m_at);
        m_table = reading.catalog.table(name, reading.defaults);
        reading.found.tables.append(m_table);
        takesWord("AS"_L1);
        const bool hasAlias = ahead(0).isIdentifier() && !isAtEnd() && !is("SET"_L1) && !is("WHERE"_L1);
        m_alias = hasAlias ? m_tokens.at(m_at++).text : name.last();
        QList<ScopeColumn> columns;
        for (const SampleColumn &column : std::as_const(m_table.columns))
            columns.append({column.name, column.typeText});
        m_scope.add({m_alias,
                     hasAlias ? QStringList{m_alias} : QStringList{m_table.catalog, m_table.schema, m_table.name},
                     columns});
    }

    QString table() const { return quotedName(m_table.id) + u" AS "_s + quotedName(m_alias); }

    QString assignments()
    {
        if (!takesWord("SET"_L1))
            refuse();
        QStringList all;
        do {
            const SampleColumn &column = columnOf(m_table, readName(m_tokens, m_at).last());
            if (!takesSymbol("="_L1))
                refuse();
            all.append(quotedName(column.name) + u" = "_s + stored(expression(), column).sql);
        } while (takesSymbol(","_L1));
        return all.join(", "_L1);
    }

    QString where()
    {
        const QString sql = takesWord("WHERE"_L1) ? u" WHERE "_s + coerced(expression(), u"boolean"_s).sql : QString();
        requireEnd();
        return sql;
    }

private:
    SqlValue expression()
    {
        ExpressionReader reader(m_tokens, m_context, m_at);
        const SqlValue value = reader.expression();
        m_at = reader.at();
        if (value.aggregates || value.windows)
            throw SqlFailure(u"INVALID_WHERE_CONDITION"_s,
                             u"A change of rows contains an aggregate or window function."_s, u"42903"_s);
        return value;
    }

    const QueryPlace m_place;
    Scope m_scope;
    QList<OuterColumn> m_outerColumns;
    const ExpressionContext m_context;
    SampleTable m_table;
    QString m_alias;
};

SqlFailure differentWidth(qsizetype columns, qsizetype values)
{
    return {u"INSERT_COLUMN_ARITY_MISMATCH"_s,
            u"Cannot write, the reason is that the table has %1 columns and the data %2."_s.arg(columns).arg(values),
            u"21S01"_s};
}

} // namespace

void readInsertion(const SqlTokens &tokens, StatementReading &reading)
{
    qsizetype i = 2;
    const SampleTable table = reading.catalog.table(readName(tokens, i), reading.defaults);
    reading.found.tables.append(table);
    QList<SampleColumn> columns = table.columns;
    if (tokens.value(i).isSymbol("("_L1) && !isQuery(tokens.mid(i))) {
        columns.clear();
        for (const SqlTokens &one : separated(parenthesized(tokens, i)))
            columns.append(columnOf(table, one.value(0).text));
    }
    for (const auto word : {"PARTITION"_L1, "BY"_L1, "REPLACE"_L1}) {
        if (tokens.value(i).isWord(word))
            throw SqlFailure::unsupported(u"INSERT with "_s + QString(word));
    }
    const SqlQuery query = QueryReader({reading}).read(tokens.mid(i));
    if (query.columns.size() != columns.size())
        throw differentWidth(columns.size(), query.columns.size());
    QStringList names;
    QStringList given;
    QStringList values;
    for (qsizetype c = 0; c < columns.size(); ++c) {
        const SqlValue value{u"value%1"_s.arg(c), query.columns.at(c).typeText};
        names.append(quotedName(columns.at(c).name));
        given.append(value.sql);
        values.append(stored(value, columns.at(c)).sql);
    }
    reading.found.sql = u"INSERT INTO %1 (%2) WITH given(%3) AS (%4) SELECT %5 FROM given"_s.arg(
        quotedName(table.id), names.join(", "_L1), given.join(", "_L1), query.sql, values.join(", "_L1));
}

void readUpdate(const SqlTokens &tokens, StatementReading &reading)
{
    ChangeReader reader(tokens, reading, 1);
    const QString assignments = reader.assignments();
    reading.found.sql = u"UPDATE "_s + reader.table() + u" SET "_s + assignments + reader.where();
}

void readDeletion(const SqlTokens &tokens, StatementReading &reading)
{
    ChangeReader reader(tokens, reading, 2);
    reading.found.sql = u"DELETE FROM "_s + reader.table() + reader.where();
}

} // namespace Sample
