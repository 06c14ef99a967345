#include "sample/sql/functions/functions.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/expressions/operators.h"
#include "sample/sql/functions/aggregates.h"
#include "sample/sql/functions/datearithmetic.h"
#include "sample/sql/functions/functiontable.h"
#include "sample/sql/functions/numberfunctions.h"
#include "sample/sql/functions/textforms.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Values = QList<SqlValue>;
using Special = SqlValue (*)(const SqlCall &call);

SqlValue coalesced(const SqlCall &call)
{
    const Values same = alike(call.arguments);
    QStringList sql;
    for (const SqlValue &value : same)
        sql.append(value.sql);
    return computed(same.size() == 1 ? sql.first() : u"coalesce("_s + sql.join(u", "_s) + u')',
                    commonType(call.arguments), same);
}

/// greatest and least leave NULLs out, and SQLite's max and min of values do not: so each place is filled from the
/// others.
SqlValue outermost(const SqlCall &call)
{
    const Values same = alike(call.arguments);
    QStringList filledUp;
    for (qsizetype first = 0; first < same.size(); ++first) {
        QStringList turned;
        for (qsizetype i = 0; i < same.size(); ++i)
            turned.append(same.at((first + i) % same.size()).sql);
        filledUp.append(u"coalesce("_s + turned.join(u", "_s) + u')');
    }
    return computed((call.name == "least"_L1 ? u"min("_s : u"max("_s) + filledUp.join(u", "_s) + u')',
                    commonType(call.arguments), same);
}

SqlValue ofType(const SqlCall &call)
{
    return textValue(call.arguments.first().type);
}

/// date(x), bigint(x), string(x) …: a cast to the type that it is called like.
SqlValue castCall(const SqlCall &call)
{
    return castTo(call.arguments.first(), call.name);
}

SqlValue readTime(const SqlCall &call)
{
    const QString type = call.name.endsWith("date"_L1) ? u"date"_s : u"timestamp"_s;
    const bool isPlain =
        call.arguments.size() < 2 ||
        call.arguments.at(1).literal == (type == "date"_L1 ? "yyyy-MM-dd"_L1 : "yyyy-MM-dd HH:mm:ss"_L1);
    if (!isPlain)
        throw SqlFailure::unsupported(u"the date pattern '%1'"_s.arg(call.arguments.at(1).literal));
    return castTo(call.arguments.first(), type,
                  call.name.startsWith("try_"_L1) ? CastFailure::GivesNull : CastFailure::Raises);
}

SqlValue daysShifted(const SqlCall &call)
{
    return shiftedByDays(coerced(call.arguments.at(0), u"date"_s), call.name == "date_sub"_L1 ? u"-"_s : u"+"_s,
                         coerced(call.arguments.at(1), u"int"_s));
}

SqlValue monthsAdded(const SqlCall &call)
{
    const SqlValue count = coerced(call.arguments.at(1), u"int"_s);
    const SqlValue date = shifted(coerced(call.arguments.at(0), u"date"_s), u"+"_s, {{count.sql, u"MONTH"_s}});
    return computed(date.sql, date.type, {date, count});
}

SqlValue truncatedDate(const SqlCall &call)
{
    return castTo(truncatedTime(call.arguments.at(1), call.arguments.at(0)), u"date"_s);
}

SqlValue truncatedCall(const SqlCall &call)
{
    return truncatedTime(call.arguments.at(0), call.arguments.at(1));
}

SqlValue formattedCall(const SqlCall &call)
{
    return formattedTime(call.arguments.at(0), call.arguments.at(1));
}

SqlValue fieldOf(const SqlCall &call)
{
    const QString function = fieldFunction(call.arguments.first().literal);
    if (function.isEmpty())
        throw SqlFailure::unsupported(u"the field '%1' of a time"_s.arg(call.arguments.first().literal));
    SqlValue field = called({function, call.arguments.mid(1)});
    if (function == "second"_L1)
        field.type = u"decimal(8,6)"_s;
    return field;
}

/// dateadd and datediff with a unit.
SqlValue inUnits(const SqlCall &call)
{
    return call.name.endsWith("diff"_L1) ? differenceInUnit(call.unit, call.arguments.at(0), call.arguments.at(1))
                                         : shiftedByUnit(call.unit, call.arguments.at(0), call.arguments.at(1));
}

/// What one function of a name does for these numbers of arguments.
struct SpecialRow
{
    Special function;
    qsizetype least;
    qsizetype most;
};

constexpr qsizetype Any = 100;

const QHash<QString, SpecialRow> &specials()
{
    static const QHash<QString, SpecialRow> all{
        {u"count"_s, {&countOf, 0, Any}},
        {u"sum"_s, {&summed, 1, 1}},
        {u"avg"_s, {&summed, 1, 1}},
        {u"mean"_s, {&summed, 1, 1}},
        {u"coalesce"_s, {&coalesced, 1, Any}},
        {u"greatest"_s, {&outermost, 2, Any}},
        {u"least"_s, {&outermost, 2, Any}},
        {u"ceil"_s, {&roundedUp, 1, 1}},
        {u"ceiling"_s, {&roundedUp, 1, 1}},
        {u"floor"_s, {&roundedUp, 1, 1}},
        {u"round"_s, {&rounded, 1, 2}},
        {u"typeof"_s, {&ofType, 1, 1}},
        {u"string"_s, {&castCall, 1, 1}},
        {u"int"_s, {&castCall, 1, 1}},
        {u"bigint"_s, {&castCall, 1, 1}},
        {u"smallint"_s, {&castCall, 1, 1}},
        {u"tinyint"_s, {&castCall, 1, 1}},
        {u"double"_s, {&castCall, 1, 1}},
        {u"float"_s, {&castCall, 1, 1}},
        {u"boolean"_s, {&castCall, 1, 1}},
        {u"date"_s, {&castCall, 1, 1}},
        {u"timestamp"_s, {&castCall, 1, 1}},
        {u"to_date"_s, {&readTime, 1, 2}},
        {u"try_to_date"_s, {&readTime, 1, 2}},
        {u"to_timestamp"_s, {&readTime, 1, 2}},
        {u"try_to_timestamp"_s, {&readTime, 1, 2}},
        {u"date_add"_s, {&daysShifted, 2, 2}},
        {u"dateadd"_s, {&daysShifted, 2, 2}},
        {u"date_sub"_s, {&daysShifted, 2, 2}},
        {u"add_months"_s, {&monthsAdded, 2, 2}},
        {u"trunc"_s, {&truncatedDate, 2, 2}},
        {u"date_trunc"_s, {&truncatedCall, 2, 2}},
        {u"date_format"_s, {&formattedCall, 2, 2}},
        {u"date_part"_s, {&fieldOf, 2, 2}},
        {u"datepart"_s, {&fieldOf, 2, 2}},
        {u"extract"_s, {&fieldOf, 2, 2}},
        {u"mod"_s, {&calculatedCall, 2, 2}},
        {u"pmod"_s, {&positiveRemainder, 2, 2}},
        {u"try_mod"_s, {&calculatedCall, 2, 2}},
        {u"try_add"_s, {&calculatedCall, 2, 2}},
        {u"try_subtract"_s, {&calculatedCall, 2, 2}},
        {u"try_multiply"_s, {&calculatedCall, 2, 2}},
        {u"try_divide"_s, {&calculatedCall, 2, 2}},
        {u"concat"_s, {[](const SqlCall &call) { return concatenated(call.arguments); }, 1, Any}},
        {u"concat_ws"_s, {[](const SqlCall &call) { return joinedWith(call.arguments); }, 1, Any}},
        {u"format_string"_s, {[](const SqlCall &call) { return printed(call.arguments); }, 1, Any}},
        {u"printf"_s, {[](const SqlCall &call) { return printed(call.arguments); }, 1, Any}},
        {u"decode"_s, {[](const SqlCall &call) { return decoded(call.arguments); }, 3, Any}},
    };
    return all;
}

/// The arguments as the row takes them.
Values taken(const FunctionRow &row, const Values &given)
{
    Values same;
    for (qsizetype i = 0; i < given.size(); ++i) {
        if (row.takes.at(i) == "same"_L1)
            same.append(given.at(i));
    }
    same = alike(same);
    Values values;
    for (qsizetype i = 0; i < given.size(); ++i) {
        const QString &kind = row.takes.at(i);
        const SqlValue &value = given.at(i);
        const bool isText = familyOf(value) == TypeFamily::Text;
        if (kind == "same"_L1)
            values.append(same.takeFirst());
        else if (kind == "any"_L1)
            values.append(value);
        else if (kind == "number"_L1)
            values.append(isNumber(familyOf(value)) ? value : coerced(value, u"double"_s));
        else if (kind == "moment"_L1)
            values.append(isText || familyOf(value) == TypeFamily::Date ? coerced(value, u"date"_s)
                                                                        : coerced(value, u"timestamp"_s));
        else
            values.append(coerced(value, kind));
    }
    return values;
}

/// "array<$1>" with the type of the first argument; where several are alike, the type of all.
QString typeGiven(const FunctionRow &row, const Values &values)
{
    static const QRegularExpression place(u"\\$(\\d)"_s);
    const auto match = place.match(row.gives);
    if (!match.hasMatch())
        return row.gives;
    const qsizetype index = match.captured(1).toInt() - 1;
    Values same = values.mid(index, 1);
    for (qsizetype i = 0; i < values.size() && row.takes.at(index) == "same"_L1; ++i) {
        if (row.takes.at(i) == "same"_L1)
            same.append(values.at(i));
    }
    return QString(row.gives).replace(match.captured(), commonType(same));
}

SqlValue calledRow(const SqlCall &call, const FunctionRow &row)
{
    Values values = taken(row, call.arguments);
    const bool overMany = row.form.contains("$over"_L1);
    const bool looksUp = row.form.contains("SELECT"_L1);
    const bool overGroups =
        std::ranges::any_of(values, [](const SqlValue &one) { return one.aggregates || one.windows; });
    if (looksUp && overGroups)
        throw SqlFailure::unsupported(u"the function %1 around an aggregate or window function; a subquery can compute "
                                      "that first"_s.arg(call.name));
    if (row.gives.startsWith("array"_L1) &&
        (familyOf(values.first()) == TypeFamily::Boolean || familyOf(values.first()) == TypeFamily::Decimal))
        throw SqlFailure::unsupported(u"arrays of "_s + shownType(values.first().type));
    const QString type = typeGiven(row, values);
    if (!overMany)
        return computed(filled(row.form, values), type, values);
    if (call.filter)
        values[0] = whereFiltered(call, values.at(0));
    QString form = row.form;
    if (call.isDistinct && form.count("$1"_L1) > 1 && !form.startsWith("json_group_array"_L1))
        throw SqlFailure::unsupported(call.name + u" of DISTINCT values"_s);
    QStringList sql;
    for (const SqlValue &value : std::as_const(values))
        sql.append(value.sql);
    if (call.isDistinct && !form.contains("DISTINCT"_L1))
        form.replace(form.indexOf(u'(') + 1, 0, u"DISTINCT "_s);
    form = filled(form.replace("$over"_L1, "\v"_L1), sql);
    return overRows(call, form.replace("\v"_L1, overOf(call)), type, values);
}

SqlFailure wrongCount(const QString &name, const QStringList &wanted, qsizetype given)
{
    return {
        u"WRONG_NUM_ARGS.WITHOUT_SUGGESTION"_s,
        u"The `%1` requires %2 parameters but the actual number is %3."_s.arg(name, wanted.join(u" or "_s)).arg(given),
        u"42605"_s};
}

void requireFittingParts(const SqlCall &call)
{
    const bool overRows = isAggregate(call.name) || isWindowFunction(call.name);
    if (!isAggregate(call.name) && (call.isDistinct || call.filter))
        throw SqlFailure::unsupported(u"DISTINCT or FILTER with the function "_s + call.name);
    if (call.over && !overRows)
        throw SqlFailure(u"UNSUPPORTED_EXPR_FOR_WINDOW"_s,
                         u"Expression \"%1\" not supported within a window function."_s.arg(call.name), u"42P20"_s);
    if (!call.over && isWindowFunction(call.name) && !isAggregate(call.name))
        throw SqlFailure::unsupported(u"the function %1 without OVER"_s.arg(call.name));
    static const QSet<QString> inOrder{u"row_number"_s, u"rank"_s, u"dense_rank"_s, u"percent_rank"_s, u"cume_dist"_s,
                                       u"ntile"_s,      u"lag"_s,  u"lead"_s,       u"nth_value"_s};
    if (call.over && inOrder.contains(call.name) && !call.over->sql.contains("ORDER BY "_L1))
        throw SqlFailure::unsupported(call.name + u" over a window without ORDER BY; nor does a real workspace"_s);
    if (call.isStar && call.name != "count"_L1)
        throw SqlFailure::unsupported(call.name + u"(*)"_s);
}

} // namespace

bool takesUnit(const QString &function)
{
    static const QSet<QString> functions{u"dateadd"_s,  u"date_add"_s,  u"timestampadd"_s,
                                         u"datediff"_s, u"date_diff"_s, u"timestampdiff"_s};
    return functions.contains(function);
}

bool isComputed(const QString &function)
{
    return specials().contains(function) || takesUnit(function) || !argumentCounts(function).isEmpty();
}

SqlValue called(const SqlCall &call)
{
    if (!call.unit.isEmpty())
        return inUnits(call);
    const auto special = specials().constFind(call.name);
    const qsizetype given = call.arguments.size();
    requireFittingParts(call);
    for (const SqlValue &argument : call.arguments)
        plain(argument);
    if (special != specials().cend() && given >= special->least && given <= special->most)
        return special->function(call);
    if (const FunctionRow *row = functionRow(call.name, given))
        return calledRow(call, *row);
    QStringList wanted;
    if (special != specials().cend())
        wanted.append(QString::number(special->least));
    for (const qsizetype count : argumentCounts(call.name))
        wanted.append(QString::number(count));
    throw wrongCount(call.name, wanted, given);
}

} // namespace Sample
