#include "sample/sql/queries/queryreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/queries/selectreader.h"
#include "sample/sql/queries/sortclause.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/expressionreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

SqlFailure differentColumns()
{
    return {u"NUM_COLUMNS_MISMATCH"_s,
            u"The operator can only be performed on inputs with the same number of columns."_s, u"42826"_s};
}

/// A query that can stand beside UNION.
QString simple(const SqlQuery &query)
{
    return query.isSimple ? query.sql : u"SELECT * FROM ("_s + query.sql + u')';
}

/// The query with values of these types in its columns.
SqlQuery converted(const SqlQuery &query, const QStringList &types)
{
    QStringList names;
    QStringList values;
    for (qsizetype i = 0; i < types.size(); ++i) {
        const SqlValue value{u"value%1"_s.arg(i), query.columns.at(i).typeText};
        names.append(value.sql);
        values.append(familyOf(types.at(i)) == TypeFamily::Decimal ? value.sql : coerced(value, types.at(i)).sql);
    }
    SqlQuery result = query;
    for (qsizetype i = 0; i < types.size(); ++i)
        result.columns[i].typeText = types.at(i);
    if (names == values)
        return result;
    result.sql = u"SELECT %1 FROM (WITH given(%2) AS (%3) SELECT * FROM given)"_s.arg(values.join(", "_L1),
                                                                                      names.join(", "_L1), query.sql);
    result.isSimple = true;
    return result;
}

SqlQuery united(const SqlQuery &first, const QString &how, const SqlQuery &second)
{
    if (how == "INTERSECT ALL"_L1 || how == "EXCEPT ALL"_L1)
        throw SqlFailure::unsupported(how);
    if (first.columns.size() != second.columns.size())
        throw differentColumns();
    QStringList types;
    for (qsizetype i = 0; i < first.columns.size(); ++i)
        types.append(commonType(first.columns.at(i).typeText, second.columns.at(i).typeText));
    SqlQuery left = converted(first, types);
    const SqlQuery right = converted(second, types);
    left.sql = simple(left) + u' ' + how + u' ' + simple(right);
    left.isSimple = true;
    left.hasOneRow = false;
    left.outerColumns += right.outerColumns;
    return left;
}

} // namespace

ExpressionContext contextOf(const QueryPlace &place, const Scope &scope, QList<OuterColumn> *outerColumns)
{
    const auto readQuery = [place, &scope](const SqlTokens &tokens) {
        return QueryReader({place.statement, place.named, &scope}).read(tokens);
    };
    return {place.statement, scope, readQuery, outerColumns};
}

QString limitOf(const SqlClauses &clauses, const ExpressionContext &context)
{
    const auto count = [&](const QString &clause) {
        const SqlTokens tokens = clauses.value(clause);
        if (tokens.isEmpty() || (tokens.size() == 1 && tokens.first().isWord("ALL"_L1)))
            return QString();
        const SqlValue value = coerced(ExpressionReader(tokens, context).whole(), u"bigint"_s);
        if (value.literal.startsWith(u'-')) {
            throw SqlFailure(u"INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE"_s,
                             u"The %1 expression must be equal to or greater than 0."_s.arg(clause), u"42K0E"_s);
        }
        return value.sql;
    };
    const QString limit = count(u"LIMIT"_s);
    const QString offset = count(u"OFFSET"_s);
    if (limit.isEmpty() && offset.isEmpty())
        return {};
    return u" LIMIT "_s + (limit.isEmpty() ? u"-1"_s : limit) + (offset.isEmpty() ? QString() : u" OFFSET "_s + offset);
}

SqlQuery QueryReader::read(const SqlTokens &tokens)
{
    const Nesting nesting(m_place.statement);
    qsizetype i = 0;
    const QString named = nameQueries(tokens, i);
    const SqlTokens rest = tokens.mid(i);
    const qsizetype tail = tailOf(rest);
    const SqlClauses last = clausesOf(rest.mid(tail));
    const bool isSelect = rest.value(0).isWord("SELECT"_L1) && setTermsOf(rest.first(tail)).size() == 1;
    SqlQuery query =
        isSelect ? SelectReader(m_place).read(rest.first(tail), last) : sorted(body(rest.first(tail)), last);
    query.sql = named + query.sql;
    query.isSimple &= named.isEmpty();
    return query;
}

/// WITH a AS (…), b(x) AS (…), for as long as they go; what SQLite has for it.
QString QueryReader::nameQueries(const SqlTokens &tokens, qsizetype &i)
{
    if (!takes(tokens, i, {"WITH"_L1}))
        return {};
    const bool recurs = takes(tokens, i, {"RECURSIVE"_L1});
    QStringList all;
    do {
        i += all.isEmpty() ? 0 : 1;
        const QString name = readName(tokens, i).last();
        QStringList columns;
        if (tokens.value(i).isSymbol("("_L1)) {
            for (const SqlTokens &one : separated(parenthesized(tokens, i)))
                columns.append(one.value(0).text);
        }
        takes(tokens, i, {"AS"_L1});
        if (!tokens.value(i).isSymbol("("_L1))
            throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
        const SqlTokens inside = parenthesized(tokens, i);
        const auto shown = [&columns](const SqlQuery &query) {
            QList<SampleColumn> shownColumns = query.columns;
            for (qsizetype c = 0; c < columns.size() && c < shownColumns.size(); ++c)
                shownColumns[c].name = columns.at(c);
            return shownColumns;
        };
        const QueryPlace place{m_place.statement, m_place.named};
        // A query that names itself has the columns of its first term.
        if (recurs)
            m_place.named.insert(name.toLower(), shown(QueryReader(place).term(setTermsOf(inside).first().tokens)));
        const SqlQuery query = QueryReader({m_place.statement, m_place.named}).read(inside);
        m_place.named.insert(name.toLower(), shown(query));
        QStringList names;
        for (const SampleColumn &column : shown(query))
            names.append(quotedName(column.name));
        if (!columns.isEmpty() && columns.size() != names.size()) {
            throw SqlFailure(u"ASSIGNMENT_ARITY_MISMATCH"_s,
                             u"%1 columns are named and the query has %2."_s.arg(columns.size()).arg(names.size()),
                             u"42802"_s);
        }
        all.append(u"%1(%2) AS (%3)"_s.arg(quotedName(name), names.join(", "_L1), query.sql));
    } while (tokens.value(i).isSymbol(","_L1));
    return (recurs ? u"WITH RECURSIVE "_s : u"WITH "_s) + all.join(", "_L1) + u' ';
}

/// Queries joined by set operations: INTERSECT binds closer than the others, which SQLite takes one after the other.
SqlQuery QueryReader::body(const SqlTokens &tokens) const
{
    QList<SqlQuery> queries;
    QStringList joints;
    for (const SetTerm &one : setTermsOf(tokens)) {
        SqlQuery query = term(one.tokens);
        if (one.joinedBy.startsWith("INTERSECT"_L1)) {
            queries.last() = united(queries.last(), one.joinedBy, query);
            queries.last().isSimple = queries.size() == 1;
            continue;
        }
        queries.append(query);
        joints.append(one.joinedBy);
    }
    SqlQuery all = queries.first();
    for (qsizetype i = 1; i < queries.size(); ++i)
        all = united(all, joints.at(i), queries.at(i));
    return all;
}

SqlQuery QueryReader::term(const SqlTokens &tokens) const
{
    qsizetype i = 0;
    if (tokens.value(0).isSymbol("("_L1)) {
        SqlQuery query = QueryReader(m_place).read(parenthesized(tokens, i));
        if (i < tokens.size())
            throw SqlFailure::syntax(tokens.at(i).text);
        query.isSimple = false;
        return query;
    }
    if (takes(tokens, i, {"VALUES"_L1}))
        return values(tokens.mid(i));
    if (takes(tokens, i, {"TABLE"_L1})) {
        using Kind = SqlToken::Kind;
        return SelectReader(m_place).read(
            SqlTokens{{Kind::Word, u"SELECT"_s}, {Kind::Symbol, u"*"_s}, {Kind::Word, u"FROM"_s}} + tokens.mid(i), {});
    }
    if (tokens.value(0).isWord("FROM"_L1))
        throw SqlFailure::unsupported(u"queries that begin with FROM"_s);
    for (const auto word : {"INSERT"_L1, "UPDATE"_L1, "DELETE"_L1, "MERGE"_L1}) {
        if (tokens.value(0).isWord(word))
            throw SqlFailure::unsupported(u"WITH before "_s + QString(word));
    }
    if (!tokens.value(0).isWord("SELECT"_L1))
        throw SqlFailure::syntax(tokens.isEmpty() ? u"end of input"_s : tokens.first().text);
    return SelectReader(m_place).read(tokens, {});
}

SqlQuery QueryReader::values(const SqlTokens &rows) const
{
    SqlQuery query;
    const Scope scope(m_place.outer);
    const ExpressionContext context = contextOf(m_place, scope, &query.outerColumns);
    QList<QList<SqlValue>> columns;
    for (const SqlTokens &row : separated(rows)) {
        qsizetype i = 0;
        const bool isRow = row.value(0).isSymbol("("_L1);
        const SqlTokens inside = isRow ? parenthesized(row, i) : row;
        const QList<SqlValue> cells = ExpressionReader(inside, context).list();
        if (cells.isEmpty() || (isRow && i < row.size()))
            throw SqlFailure::syntax(row.value(i).text);
        if (columns.isEmpty())
            columns.resize(cells.size());
        if (columns.size() != cells.size()) {
            throw SqlFailure(u"INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH"_s,
                             u"Inline table expected %1 columns but found %2 columns in a row."_s.arg(columns.size())
                                 .arg(cells.size()),
                             u"42000"_s);
        }
        for (qsizetype c = 0; c < cells.size(); ++c)
            columns[c].append(cells.at(c));
    }
    QStringList names;
    QList<QStringList> lines(columns.value(0).size());
    for (qsizetype c = 0; c < columns.size(); ++c) {
        const QString name = u"col%1"_s.arg(c + 1);
        query.columns.append({name, commonType(columns.at(c))});
        names.append(u"column%1 AS %2"_s.arg(QString::number(c + 1), quotedName(name)));
        const QList<SqlValue> same = alike(columns.at(c));
        for (qsizetype line = 0; line < same.size(); ++line)
            lines[line].append(same.at(line).sql);
    }
    QStringList all;
    for (const QStringList &line : std::as_const(lines))
        all.append(u'(' + line.join(", "_L1) + u')');
    query.sql = u"SELECT %1 FROM (VALUES %2)"_s.arg(names.join(", "_L1), all.join(", "_L1));
    return query;
}

/// A query with ORDER BY and LIMIT behind all of its terms.
SqlQuery QueryReader::sorted(SqlQuery query, const SqlClauses &tail) const
{
    Scope scope(m_place.outer);
    QList<ScopeColumn> columns;
    for (const SampleColumn &column : query.columns)
        columns.append({column.name, column.typeText});
    const QString alias = scope.add({u"all"_s, {}, columns}).alias;
    const ExpressionContext context = contextOf(m_place, scope, &query.outerColumns);
    if (tail.contains(u"ORDER BY"_s)) {
        QList<SelectItem> items;
        for (const SampleColumn &column : std::as_const(query.columns)) {
            const QString sql = quotedName(alias) + u'.' + quotedName(column.name);
            items.append({column.name, SqlValue{sql, column.typeText}});
        }
        query.sql = u"SELECT * FROM (%1) AS %2%3"_s.arg(query.sql, quotedName(alias),
                                                        sortClause(tail.value(u"ORDER BY"_s), items, context).sql);
    }
    query.sql += limitOf(tail, context);
    query.isSimple &= tail.isEmpty();
    return query;
}

} // namespace Sample
