#include "sample/sql/functions/aggregates.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/sqlfailure.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

using Values = QList<SqlValue>;

QString overOf(const SqlCall &call)
{
    return call.over ? call.over->sql : QString();
}

SqlValue overRows(const SqlCall &call, const QString &sql, const QString &type, const Values &arguments)
{
    SqlValue value = computed(sql, type, call.over ? arguments + Values{*call.over} : arguments);
    const bool isNested = std::ranges::any_of(arguments, &SqlValue::aggregates);
    if (call.over) {
        value.windows = true;
        return value;
    }
    if (isNested) {
        throw SqlFailure(u"NESTED_AGGREGATE_FUNCTION"_s,
                         u"It is not allowed to use an aggregate function in the argument of another aggregate "
                         "function. Please use the inner aggregate function in a sub-query."_s,
                         u"42607"_s);
    }
    if (value.windows)
        throw SqlFailure::unsupported(
            u"a window function inside of an aggregate function; nor does a real workspace"_s);
    value.aggregates = true;
    value.columns.clear();
    return value;
}

SqlValue whereFiltered(const SqlCall &call, const SqlValue &argument)
{
    if (!call.filter)
        return argument;
    const SqlValue filter = coerced(*call.filter, u"boolean"_s);
    return computed(u"CASE WHEN %1 THEN %2 END"_s.arg(filter.sql, argument.sql), argument.type, {argument, filter});
}

SqlValue countOf(const SqlCall &call)
{
    const SqlValue one = numberValue(u"1"_s, u"int"_s);
    if (call.isStar || call.arguments.isEmpty())
        return overRows(call, u"count("_s + whereFiltered(call, one).sql + u')' + overOf(call), u"bigint"_s, {one});
    // Rows count in which none of the arguments is NULL.
    QStringList given;
    QStringList quoted;
    for (const SqlValue &argument : call.arguments) {
        given.append(argument.sql + u" IS NOT NULL"_s);
        quoted.append(u"quote(%1)"_s.arg(argument.sql));
    }
    const bool isOne = call.arguments.size() == 1;
    const QString key = call.isDistinct ? quoted.join(u" || ',' || "_s) : u"1"_s;
    const SqlValue all =
        computed(u"CASE WHEN %1 THEN %2 END"_s.arg(given.join(u" AND "_s), key), u"string"_s, call.arguments);
    const SqlValue counted = whereFiltered(call, isOne ? call.arguments.first() : all);
    const QString distinct = call.isDistinct ? u"DISTINCT "_s : QString();
    return overRows(call, u"count("_s + distinct + counted.sql + u')' + overOf(call), u"bigint"_s, {counted});
}

SqlValue summed(const SqlCall &call)
{
    const bool isSum = call.name == "sum"_L1;
    const SqlValue &given = call.arguments.first();
    const SqlValue number = familyOf(given) == TypeFamily::Text ? coerced(given, u"double"_s) : given;
    const TypeFamily family = familyOf(number);
    if (!isNumber(family) && family != TypeFamily::Nothing)
        throw SqlFailure::wrongType(u"numeric"_s, number.type);
    const Digits digits = digitsOf(number.type);
    const QString ofDecimals = isSum ? u"decimal(%1,%2)"_s.arg(std::min(digits.precision + 10, 38)).arg(digits.scale)
                                     : decimalType(digits.precision + 4, digits.scale + 4);
    const QString type = family == TypeFamily::Decimal          ? ofDecimals
                         : family == TypeFamily::Whole && isSum ? u"bigint"_s
                                                                : u"double"_s;
    const QString form = (isSum ? u"sum"_s : u"avg"_s) + (call.isDistinct ? u"(DISTINCT "_s : u"("_s) +
                         whereFiltered(call, number).sql + u')' + overOf(call);
    const QString rounded = u"round(%1, %2)"_s.arg(form, QString::number(digitsOf(type).scale));
    return overRows(call, family == TypeFamily::Decimal ? rounded : form, type, {number});
}

} // namespace Sample
