#include "sample/sql/queries/relationreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/expressionreader.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A word behind a table's name that is not its alias.
const QSet<QString> FollowsTables{u"ON"_s,    u"JOIN"_s, u"USING"_s,  u"INNER"_s, u"LEFT"_s,
                                  u"RIGHT"_s, u"FULL"_s, u"CROSS"_s,  u"OUTER"_s, u"NATURAL"_s,
                                  u"WHERE"_s, u"SET"_s,  u"WINDOW"_s, u"LIMIT"_s, u"VALUES"_s};

/// Formats of files that a path can be read in: csv.`/Volumes/…`.
const QSet<QString> FileFormats{u"csv"_s, u"json"_s, u"parquet"_s, u"text"_s, u"delta"_s, u"avro"_s, u"orc"_s};

constexpr int DeepestView = 20;

/// range(n) and range(a, b), the one table function.
QString rangeQuery(const QString &begin, const QString &end)
{
    return u"WITH RECURSIVE counted(id) AS (SELECT %1 WHERE %1 < %2 UNION ALL SELECT id + 1 FROM counted WHERE id + 1 "
           u"< "
           "%2) SELECT id FROM counted"_s.arg(begin, end);
}

} // namespace

QString RelationReader::read()
{
    const QString sql = relations();
    requireEnd();
    return sql;
}

QString RelationReader::relations()
{
    QString sql = relation();
    while (!isAtEnd()) {
        if (takesSymbol(","_L1)) {
            sql += u", "_s + relation();
            continue;
        }
        const QString more = joined();
        if (more.isEmpty())
            break;
        sql += more;
    }
    return sql;
}

/// A join that begins here; empty where none does.
QString RelationReader::joined()
{
    const bool isNatural = takesWord("NATURAL"_L1);
    QString kind;
    for (const auto word : {"INNER"_L1, "CROSS"_L1, "LEFT"_L1, "RIGHT"_L1, "FULL"_L1}) {
        if (kind.isEmpty() && takesWord(word))
            kind = word;
    }
    takesWord("OUTER"_L1);
    if (!takesWord("JOIN"_L1)) {
        if (!kind.isEmpty() || isNatural)
            refuse();
        return {};
    }
    const QString sql = relation();
    return (kind.isEmpty() ? u" INNER JOIN "_s : u' ' + kind + u" JOIN "_s) + sql + joinCondition(kind, isNatural);
}

QString RelationReader::joinCondition(const QString &kind, bool isNatural)
{
    if (takesWord("ON"_L1)) {
        const ExpressionContext context = contextOf(m_place, m_scope, m_outerColumns);
        ExpressionReader reader(m_tokens, context, m_at);
        const SqlValue condition = coerced(reader.expression(), u"boolean"_s);
        m_at = reader.at();
        if (condition.aggregates || condition.windows)
            throw SqlFailure(u"INVALID_WHERE_CONDITION"_s,
                             u"A condition of JOIN contains an aggregate or window function."_s, u"42903"_s);
        return u" ON "_s + condition.sql;
    }
    QStringList names = isNatural ? m_scope.namesInCommon() : QStringList();
    if (!isNatural && takesWord("USING"_L1)) {
        for (const SqlTokens &one : separated(takenBrackets()))
            names.append(one.value(0).text);
        const QStringList common = m_scope.namesInCommon();
        for (const QString &name : std::as_const(names)) {
            if (!common.contains(name, Qt::CaseInsensitive))
                throw SqlFailure(u"UNRESOLVED_USING_COLUMN_FOR_JOIN"_s,
                                 u"USING column `%1` cannot be resolved on both sides of the join."_s.arg(name),
                                 u"42703"_s);
        }
    }
    if (names.isEmpty())
        return {};
    m_scope.share(names, kind);
    QStringList quoted;
    for (const QString &name : std::as_const(names))
        quoted.append(quotedName(name));
    return u" USING ("_s + quoted.join(", "_L1) + u')';
}

QString RelationReader::relation()
{
    if (isSymbol("("_L1))
        return subquery();
    if (takesWord("VALUES"_L1))
        return values();
    const qsizetype begin = m_at;
    const QStringList name = readName(m_tokens, m_at);
    if (isSymbol("("_L1))
        return range(name);
    if (name.size() == 1 && m_place.named.contains(name.first().toLower())) {
        m_at = begin + 1;
        return named(quotedName(name.first()), m_place.named.value(name.first().toLower()), name.first(), {});
    }
    return table(name);
}

QString RelationReader::subquery()
{
    const Nesting nesting(m_place.statement);
    const SqlTokens tokens = takenBrackets();
    if (!isQuery(tokens)) {
        RelationReader inside(tokens, m_place, m_scope, m_outerColumns);
        return u'(' + inside.read() + u')';
    }
    const SqlQuery query = QueryReader(m_place).read(tokens);
    *m_outerColumns += query.outerColumns;
    return named(u'(' + query.sql + u')', query.columns, u"subquery"_s, {});
}

/// VALUES (1, 'a'), (2, 'b') AS t(id, name)
QString RelationReader::values()
{
    const qsizetype begin = m_at;
    while (isSymbol("("_L1)) {
        takenBrackets();
        if (!isSymbol(","_L1))
            break;
        ++m_at;
    }
    const SqlQuery query = QueryReader(m_place).values(m_tokens.mid(begin, m_at - begin));
    *m_outerColumns += query.outerColumns;
    return named(u'(' + query.sql + u')', query.columns, u"values"_s, {});
}

QString RelationReader::range(const QStringList &name)
{
    const QString function = name.join(u'.').toLower();
    if (function == "read_files"_L1)
        throw SqlFailure::unsupported(u"read_files"_s);
    if (function == "identifier"_L1)
        throw SqlFailure::unsupported(u"IDENTIFIER() in place of a table"_s);
    if (function != "range"_L1) {
        throw SqlFailure(u"UNRESOLVABLE_TABLE_VALUED_FUNCTION"_s,
                         u"Could not resolve %1 to a table-valued function."_s.arg(name.join(u'.')), u"42883"_s);
    }
    const Scope none;
    const ExpressionContext context = contextOf(m_place, none, m_outerColumns);
    QStringList numbers;
    for (const SqlValue &value : ExpressionReader(takenBrackets(), context).list())
        numbers.append(coerced(value, u"bigint"_s).sql);
    if (numbers.isEmpty() || numbers.size() > 2)
        throw SqlFailure::unsupported(u"range() with these arguments"_s);
    const QString sql =
        numbers.size() == 1 ? rangeQuery(u"0"_s, numbers.first()) : rangeQuery(numbers.at(0), numbers.at(1));
    return named(u'(' + sql + u')', {{u"id"_s, u"bigint"_s}}, u"range"_s, {});
}

QString RelationReader::table(const QStringList &name)
{
    if (name.size() == 2 && FileFormats.contains(name.first().toLower()) && name.last().contains(u'/'))
        throw SqlFailure::unsupported(
            u"queries of files such as %1.`…`; read_volume_file reads them"_s.arg(name.first()));
    if ((is("VERSION"_L1) || is("TIMESTAMP"_L1)) && ahead(1).isWord("AS"_L1) && ahead(2).isWord("OF"_L1))
        throw SqlFailure::unsupported(u"queries of earlier versions of a table"_s);
    StatementReading &statement = m_place.statement;
    const SampleTable table = statement.catalog.table(name, statement.defaults);
    if (table.fullName() == "samples.slow.n"_L1)
        statement.found.delay += std::chrono::seconds(2);
    statement.found.tables.append(table);
    return named(table.query.isEmpty() ? quotedName(table.id) : view(table), table.columns, name.last(),
                 {table.catalog, table.schema, table.name});
}

QString RelationReader::view(const SampleTable &view)
{
    StatementReading &statement = m_place.statement;
    if (statement.depth >= DeepestView)
        throw SqlFailure::unsupported(u"views this deep"_s);
    const QJsonObject properties =
        statement.catalog.data().tables.value(view.fullName()).value("properties"_L1).toObject();
    const QString part = u"view.catalogAndNamespace.part."_s;
    const SqlDefaults defaults{properties.value(part + u'0').toString(view.catalog),
                               properties.value(part + u'1').toString(view.schema)};
    const QHash<QString, QString> noParameters;
    StatementReading reading{statement.catalog, defaults, noParameters, statement.depth + 1};
    const SqlQuery shown = QueryReader({reading}).read(sqlTokens(view.query));
    statement.found.tables += reading.found.tables;
    statement.found.delay += reading.found.delay;
    QStringList columns;
    for (const SampleColumn &column : view.columns)
        columns.append(quotedName(column.name));
    return u"(WITH shown(%1) AS (%2) SELECT * FROM shown)"_s.arg(columns.join(", "_L1), shown.sql);
}

/// A relation with the alias that follows it, and the names of its columns if they follow, too.
QString RelationReader::named(const QString &sql, const QList<SampleColumn> &columns, const QString &name,
                              const QStringList &path)
{
    const bool isAnnounced = takesWord("AS"_L1);
    const bool hasAlias =
        ahead(0).isIdentifier() && !isAtEnd() &&
        (isAnnounced || ahead(0).kind == SqlToken::Kind::Name || !FollowsTables.contains(ahead(0).text.toUpper()));
    if (isAnnounced && !hasAlias)
        refuse();
    const QString alias = hasAlias ? m_tokens.at(m_at++).text : name;
    QString source = sql;
    QList<ScopeColumn> shown;
    for (const SampleColumn &column : columns)
        shown.append({column.name, column.typeText});
    if (hasAlias && isSymbol("("_L1)) {
        const QList<SqlTokens> names = separated(takenBrackets());
        QStringList quoted;
        for (qsizetype i = 0; i < names.size() && i < shown.size(); ++i) {
            shown[i].name = names.at(i).value(0).text;
            quoted.append(quotedName(shown.at(i).name));
        }
        if (names.size() != shown.size())
            throw SqlFailure(u"ASSIGNMENT_ARITY_MISMATCH"_s,
                             u"%1 columns are named and there are %2."_s.arg(names.size()).arg(shown.size()),
                             u"42802"_s);
        source = u"(WITH listed(%1) AS (SELECT * FROM %2) SELECT * FROM listed)"_s.arg(quoted.join(", "_L1), sql);
    }
    const bool hasPath = !hasAlias && !path.isEmpty();
    const Relation &relation = m_scope.add({alias, hasPath ? path : QStringList{alias}, shown});
    return source + u" AS "_s + quotedName(relation.alias);
}

} // namespace Sample
