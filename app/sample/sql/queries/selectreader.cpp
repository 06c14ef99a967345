#include "sample/sql/queries/selectreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/queries/relationreader.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/expressionreader.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// What Databricks runs and the sample does not, by the word that shows it.
const QSet<QString> AbsentWords{u"QUALIFY"_s, u"LATERAL"_s, u"PIVOT"_s, u"UNPIVOT"_s,    u"TABLESAMPLE"_s, u"SEMI"_s,
                                u"ANTI"_s,    u"ROLLUP"_s,  u"CUBE"_s,  u"DISTRIBUTE"_s, u"CLUSTER"_s};

/// Words behind an expression that are no alias of it.
const QSet<QString> BehindItems{u"FROM"_s, u"WHERE"_s, u"GROUP"_s, u"ORDER"_s, u"HAVING"_s, u"LIMIT"_s, u"UNION"_s};

SqlFailure misplaced(const QString &name)
{
    return {u"INVALID_WHERE_CONDITION"_s,
            u"The condition contains the invalid expression `%1`. Rewrite the query to avoid window and aggregate "
            "functions here."_s.arg(name),
            u"42903"_s};
}

} // namespace

SqlQuery SelectReader::read(const SqlTokens &tokens, const SqlClauses &tail)
{
    refuseAbsent(tokens);
    const SqlClauses clauses = clausesOf(tokens);
    const bool hasFrom = clauses.contains(u"FROM"_s);
    const QString from =
        hasFrom ? u" FROM "_s + RelationReader(clauses.value(u"FROM"_s), m_place, m_scope, &m_query.outerColumns).read()
                : QString();
    readWindows(clauses.value(u"WINDOW"_s));
    readItems(clauses.value(u"SELECT"_s));
    const QString where = clauses.contains(u"WHERE"_s) ? this->where(clauses.value(u"WHERE"_s)) : QString();
    if (clauses.contains(u"GROUP BY"_s))
        readGroups(clauses.value(u"GROUP BY"_s));
    const QString groups = m_hasGroups && !m_groups.isEmpty() ? u" GROUP BY "_s + m_groups.join(", "_L1) : QString();
    const QString having = clauses.contains(u"HAVING"_s) ? this->having(clauses.value(u"HAVING"_s)) : QString();
    const SortClause order =
        tail.contains(u"ORDER BY"_s) ? sortClause(tail.value(u"ORDER BY"_s), m_items, m_context) : SortClause();
    const QList<SelectItem> all = m_items + order.others;
    const bool aggregates = std::ranges::any_of(all, [](const SelectItem &item) { return item.value.aggregates; });
    if (m_hasGroups || aggregates || !having.isEmpty())
        std::ranges::for_each(all, [this](const SelectItem &item) { requireGrouped(item); });
    if (m_isDistinct && !order.others.isEmpty())
        throw SqlFailure::noSuchColumn(order.others.first().name);
    const QString limit = limitOf(tail, m_context);
    m_query.sql = (m_isDistinct ? u"SELECT DISTINCT "_s : u"SELECT "_s) + list() + from + where + groups + having +
                  order.sql + limit;
    m_query.isSimple = order.sql.isEmpty() && limit.isEmpty();
    m_query.hasOneRow = !hasFrom || (aggregates && !m_hasGroups) || limit == " LIMIT 1"_L1;
    return m_query;
}

void SelectReader::refuseAbsent(const SqlTokens &tokens) const
{
    int depth = 0;
    for (const SqlToken &token : tokens) {
        depth += token.isSymbol("("_L1) ? 1 : token.isSymbol(")"_L1) ? -1 : 0;
        if (depth == 0 && token.kind == SqlToken::Kind::Word && AbsentWords.contains(token.text.toUpper()))
            throw SqlFailure::unsupported(token.text.toUpper());
    }
}

/// WINDOW a AS (…), b AS (…)
void SelectReader::readWindows(const SqlTokens &tokens)
{
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const QString name = readName(tokens, i).last().toLower();
        takes(tokens, i, {"AS"_L1});
        if (!tokens.value(i).isSymbol("("_L1))
            throw SqlFailure::syntax(tokens.value(i).text);
        m_context.windows.insert(name, parenthesized(tokens, i));
    }
}

void SelectReader::readItems(const SqlTokens &tokens)
{
    qsizetype i = 0;
    m_isDistinct = takes(tokens, i, {"DISTINCT"_L1});
    if (!m_isDistinct)
        takes(tokens, i, {"ALL"_L1});
    while (true) {
        if (!readStar(tokens, i)) {
            ExpressionReader reader(tokens, m_context, i);
            const SqlValue value = plain(reader.expression());
            const SqlTokens expression = tokens.mid(i, reader.at() - i);
            i = reader.at();
            const QString named = alias(tokens, i);
            m_items.append({named.isEmpty() ? columnNameOf(expression) : named, value});
            // An item may name those before it.
            m_context.aliases = aliasesOf(m_items);
        }
        if (i >= tokens.size())
            break;
        if (!tokens.at(i).isSymbol(","_L1) || ++i == tokens.size())
            throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    }
    m_context.aliases.clear();
    for (const SelectItem &item : std::as_const(m_items))
        m_query.columns.append({item.name, item.value.type});
}

/// *, t.*, * EXCEPT (a, b)
bool SelectReader::readStar(const SqlTokens &tokens, qsizetype &i)
{
    qsizetype behind = i;
    const bool isPlain = tokens.value(i).isSymbol("*"_L1);
    const QStringList parts = tokens.value(i).isIdentifier() ? readName(tokens, behind) : QStringList{u"*"_s};
    if (parts.last() != "*"_L1 || (!isPlain && parts.size() < 2))
        return false;
    i = isPlain ? i + 1 : behind;
    QStringList sql;
    const QList<SampleColumn> columns = m_scope.all(parts.first(parts.size() - 1), &sql);
    if (columns.isEmpty() && isPlain)
        throw SqlFailure::syntax(u"*"_s);
    if (columns.isEmpty())
        throw SqlFailure::noSuchColumn(parts.join(u'.'));
    QStringList without;
    if (takes(tokens, i, {"EXCEPT"_L1}) && tokens.value(i).isSymbol("("_L1)) {
        for (const SqlTokens &one : separated(parenthesized(tokens, i)))
            without.append(one.value(0).text);
    }
    for (qsizetype c = 0; c < columns.size(); ++c) {
        if (without.contains(columns.at(c).name, Qt::CaseInsensitive))
            continue;
        m_items.append({columns.at(c).name, columnValue(sql.at(c), columns.at(c).typeText)});
    }
    return true;
}

QString SelectReader::alias(const SqlTokens &tokens, qsizetype &i) const
{
    const bool isAnnounced = takes(tokens, i, {"AS"_L1});
    const SqlToken token = tokens.value(i);
    const bool isName =
        i < tokens.size() && token.isIdentifier() &&
        (isAnnounced || token.kind == SqlToken::Kind::Name || !BehindItems.contains(token.text.toUpper()));
    if (isAnnounced && !isName)
        throw SqlFailure::syntax(i < tokens.size() ? token.text : u"end of input"_s);
    i += isName ? 1 : 0;
    return isName ? token.text : QString();
}

QString SelectReader::where(const SqlTokens &tokens)
{
    const SqlValue condition = coerced(ExpressionReader(tokens, m_context).whole(), u"boolean"_s);
    if (condition.aggregates || condition.windows)
        throw misplaced(columnNameOf(tokens));
    return u" WHERE "_s + condition.sql;
}

void SelectReader::readGroups(const SqlTokens &tokens)
{
    m_hasGroups = true;
    if (tokens.size() == 1 && tokens.first().isWord("ALL"_L1)) {
        for (const SelectItem &item : std::as_const(m_items)) {
            if (!item.value.aggregates)
                m_groups.append(item.value.sql);
        }
        m_hasGroups = !m_groups.isEmpty();
        return;
    }
    if (tokens.value(0).isWord("GROUPING"_L1))
        throw SqlFailure::unsupported(u"GROUPING SETS"_s);
    ExpressionContext context = m_context;
    context.aliases = aliasesOf(m_items);
    for (SqlValue value : ExpressionReader(tokens, context).list()) {
        if (value.isLiteral && familyOf(value) == TypeFamily::Whole)
            value = m_items.at(placeOf(value, m_items.size(), u"GROUP BY"_s)).value;
        if (value.aggregates) {
            throw SqlFailure(
                u"GROUP_BY_AGGREGATE"_s,
                u"Aggregate functions are not allowed in GROUP BY, but found %1."_s.arg(columnNameOf(tokens)),
                u"42903"_s);
        }
        // SQLite would take a number for the place of an item; any other constant groups as well.
        m_groups.append(value.isLiteral ? u"''"_s : value.sql);
    }
}

QString SelectReader::having(const SqlTokens &tokens)
{
    ExpressionContext context = m_context;
    context.aliases = aliasesOf(m_items);
    const SqlValue condition = coerced(ExpressionReader(tokens, context).whole(), u"boolean"_s);
    requireGrouped({columnNameOf(tokens), condition});
    // SQLite has HAVING behind GROUP BY alone.
    return (m_hasGroups ? u" HAVING "_s : u" GROUP BY '' HAVING "_s) + condition.sql;
}

/// Throws SqlFailure for a column that is neither grouped by nor aggregated.
void SelectReader::requireGrouped(const SelectItem &item) const
{
    for (const QStringList &column : item.value.columns) {
        const bool isGrouped =
            std::ranges::any_of(column, [this](const QString &expression) { return m_groups.contains(expression); });
        if (isGrouped)
            continue;
        if (!m_hasGroups) {
            throw SqlFailure(u"MISSING_GROUP_BY"_s,
                             u"The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window "
                             "functions using OVER clauses."_s,
                             u"42803"_s);
        }
        throw SqlFailure(u"MISSING_AGGREGATION"_s,
                         u"The non-aggregating expression \"%1\" is based on columns which are not participating in "
                         "the GROUP BY clause. Add the columns or the expression to the GROUP BY, aggregate the "
                         "expression, or use \"any_value(%1)\" if you do not care which of the values within a group "
                         "is returned."_s.arg(item.name),
                         u"42803"_s);
    }
}

QString SelectReader::list() const
{
    QStringList sql;
    for (const SelectItem &item : m_items)
        sql.append(item.value.sql + u" AS "_s + quotedName(item.name));
    return sql.join(", "_L1);
}

} // namespace Sample
