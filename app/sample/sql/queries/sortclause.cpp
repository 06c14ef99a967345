#include "sample/sql/queries/sortclause.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/translation/clauses.h"
#include "sample/sql/translation/expressionreader.h"
#include "sample/sql/translation/windowreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The place of the item that a value is, counted from 0; -1 for another value.
qsizetype itemOf(const SqlValue &value, const QList<SelectItem> &items)
{
    if (value.isLiteral && familyOf(value) == TypeFamily::Whole)
        return placeOf(value, items.size(), u"ORDER BY"_s);
    const auto item = std::ranges::find(items, value.sql, [](const SelectItem &one) { return one.value.sql; });
    return item == items.end() ? -1 : item - items.begin();
}

} // namespace

QHash<QString, SqlValue> aliasesOf(const QList<SelectItem> &items)
{
    QHash<QString, SqlValue> aliases;
    for (const SelectItem &item : items)
        aliases.insert(item.name.toLower(), item.value);
    return aliases;
}

qsizetype placeOf(const SqlValue &number, qsizetype count, const QString &clause)
{
    const qsizetype place = number.literal.toLongLong() - 1;
    if (place < 0 || place >= count) {
        throw SqlFailure(clause.section(u' ', 0, 0) + u"_BY_POS_OUT_OF_RANGE"_s,
                         u"%1 position %2 is not in select list (valid range is [1, %3])."_s.arg(
                             clause, number.literal, QString::number(count)),
                         u"42805"_s);
    }
    return place;
}

SortClause sortClause(const SqlTokens &tokens, const QList<SelectItem> &items, const ExpressionContext &given)
{
    ExpressionContext context = given;
    context.aliases = aliasesOf(items);
    context.aliasesFirst = true;
    SortClause clause;
    QStringList sql;
    qsizetype i = 0;
    if (takes(tokens, i, {"ALL"_L1})) {
        const QString direction = readDirection(tokens, i);
        for (qsizetype place = 1; place <= items.size(); ++place)
            sql.append(QString::number(place) + direction);
    }
    while (i < tokens.size()) {
        ExpressionReader reader(tokens, context, i);
        const SqlValue value = reader.expression();
        const qsizetype item = itemOf(value, items);
        if (item < 0)
            clause.others.append({columnNameOf(tokens.mid(i, reader.at() - i)), value});
        i = reader.at();
        sql.append((item < 0 ? value.sql : QString::number(item + 1)) + readDirection(tokens, i));
        if (i < tokens.size() && (!tokens.at(i).isSymbol(","_L1) || ++i == tokens.size()))
            throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    }
    if (sql.isEmpty())
        throw SqlFailure::syntax(u"end of input"_s);
    clause.sql = u" ORDER BY "_s + sql.join(", "_L1);
    return clause;
}

} // namespace Sample
