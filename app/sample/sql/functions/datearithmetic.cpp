#include "sample/sql/functions/datearithmetic.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A unit of time as SQLite's modifiers have it.
struct Unit
{
    QString modifier;
    int factor;
    bool isOfADay; ///< shorter than a day
};

const QHash<QString, Unit> &units()
{
    static const QHash<QString, Unit> all{
        {u"SECOND"_s, {u"seconds"_s, 1, true}},  {u"MINUTE"_s, {u"minutes"_s, 1, true}},
        {u"HOUR"_s, {u"hours"_s, 1, true}},      {u"DAY"_s, {u"days"_s, 1, false}},
        {u"WEEK"_s, {u"days"_s, 7, false}},      {u"MONTH"_s, {u"months"_s, 1, false}},
        {u"QUARTER"_s, {u"months"_s, 3, false}}, {u"YEAR"_s, {u"months"_s, 12, false}}};
    return all;
}

QString singular(const QString &word)
{
    const QString unit = word.toUpper();
    return unit.endsWith(u'S') ? unit.chopped(1) : unit;
}

SqlFailure wrongUnit(const QString &unit)
{
    static const QStringList finer{u"MILLISECOND"_s, u"MICROSECOND"_s, u"NANOSECOND"_s};
    if (finer.contains(singular(unit)))
        return SqlFailure::unsupported(u"times that are more exact than a second"_s);
    return {u"INVALID_PARAMETER_VALUE.DATETIME_UNIT"_s, u"The value `%1` is not a unit of time here."_s.arg(unit),
            u"22023"_s};
}

Unit unitOf(const QString &word)
{
    const auto unit = units().constFind(singular(word));
    if (unit == units().cend())
        throw wrongUnit(word);
    return *unit;
}

/// $1 is a date or a time, $2 a modifier such as '+1 months'. SQLite's 31 January and a month is 3 March: then the
/// last day of the month before is meant.
QString monthsLater(const SqlValue &value)
{
    if (familyOf(value) == TypeFamily::Date)
        return u"CASE WHEN strftime('%d', $1, $2) = strftime('%d', $1) THEN date($1, $2) "
               "ELSE date($1, $2, 'start of month', '-1 day') END"_s;
    return u"CASE WHEN strftime('%d', $1, $2) = strftime('%d', $1) THEN datetime($1, $2) "
           "ELSE date($1, $2, 'start of month', '-1 day') || substr($1, 11) END"_s;
}

QString laterForm(const SqlValue &value, const Unit &unit)
{
    if (unit.modifier == "months"_L1)
        return monthsLater(value);
    return familyOf(value) == TypeFamily::Date ? u"date($1, $2)"_s : u"datetime($1, $2)"_s;
}

SqlValue shiftedBy(const SqlValue &given, const QString &sign, const SqlSpan &span)
{
    const Unit unit = unitOf(span.unit);
    const SqlValue value = unit.isOfADay ? coerced(given, u"timestamp"_s) : given;
    const QString modifier =
        u"((%1%2 * %3) || ' %4')"_s.arg(sign, span.count, QString::number(unit.factor), unit.modifier);
    return computed(filled(laterForm(value, unit), QStringList{value.sql, modifier}), value.type, {value});
}

} // namespace

SqlValue shifted(const SqlValue &value, const QString &sign, const QList<SqlSpan> &spans)
{
    // Databricks adds an interval's months before its days and its days before its hours.
    QList<SqlSpan> ordered = spans;
    std::ranges::stable_sort(ordered, {}, [](const SqlSpan &span) {
        const Unit unit = unitOf(span.unit);
        return unit.modifier == "months"_L1 ? 0 : unit.isOfADay ? 2 : 1;
    });
    SqlValue result = value;
    for (const SqlSpan &span : std::as_const(ordered))
        result = shiftedBy(result, sign, span);
    return result;
}

SqlValue shiftedByDays(const SqlValue &value, const QString &sign, const SqlValue &days)
{
    if (familyOf(value) != TypeFamily::Date)
        throw SqlFailure::wrongType(u"date"_s, value.type);
    const bool isText = familyOf(days) == TypeFamily::Text;
    if (isText)
        throw SqlFailure::unsupported(u"adding a STRING to a DATE"_s);
    const SqlValue count = coerced(days, u"int"_s);
    return computed(filled(u"date($1, (%1$2) || ' days')"_s.arg(sign), {value, count}), u"date"_s, {value, count});
}

SqlValue shiftedByUnit(const QString &unit, const SqlValue &count, const SqlValue &value)
{
    const SqlValue whole = coerced(count, u"bigint"_s);
    SqlValue result = shiftedBy(coerced(value, u"timestamp"_s), u"+"_s, {whole.sql, unit});
    return computed(result.sql, result.type, {result, whole});
}

SqlValue differenceInUnit(const QString &unit, const SqlValue &begin, const SqlValue &end)
{
    static const QHash<QString, int> seconds{
        {u"SECOND"_s, 1}, {u"MINUTE"_s, 60}, {u"HOUR"_s, 3600}, {u"DAY"_s, 86'400}, {u"WEEK"_s, 604'800}};
    static const QHash<QString, int> months{{u"MONTH"_s, 1}, {u"QUARTER"_s, 3}, {u"YEAR"_s, 12}};
    const QString name = singular(unit);
    if (!seconds.contains(name) && !months.contains(name))
        throw wrongUnit(unit);
    const QList<SqlValue> times{coerced(begin, u"timestamp"_s), coerced(end, u"timestamp"_s)};
    if (seconds.contains(name))
        return computed(filled(u"((strftime('%s', $2) - strftime('%s', $1)) / %1)"_s.arg(seconds.value(name)), times),
                        u"bigint"_s, times);
    // A month that has not passed whole does not count, whichever of the two is earlier.
    const QString count =
        u"((strftime('%Y', $2) - strftime('%Y', $1)) * 12 + strftime('%m', $2) - strftime('%m', $1))"_s;
    const QString part1 = u"substr($1, 9)"_s;
    const QString part2 = u"substr($2, 9)"_s;
    const QString passed =
        u"((%1 - (%1 > 0 AND %3 < %2) + (%1 < 0 AND %3 > %2)) / %4)"_s.arg(count, part1, part2).arg(months.value(name));
    return computed(filled(passed, times), u"bigint"_s, times);
}

SqlValue truncatedTime(const SqlValue &unit, const SqlValue &value)
{
    static const QHash<QString, QString> forms{
        {u"YEAR"_s, u"datetime($1, 'start of year')"_s},
        {u"YYYY"_s, u"datetime($1, 'start of year')"_s},
        {u"YY"_s, u"datetime($1, 'start of year')"_s},
        {u"QUARTER"_s, u"datetime($1, 'start of month', '-' || ((strftime('%m', $1) - 1) % 3) || ' months')"_s},
        {u"MONTH"_s, u"datetime($1, 'start of month')"_s},
        {u"MON"_s, u"datetime($1, 'start of month')"_s},
        {u"MM"_s, u"datetime($1, 'start of month')"_s},
        {u"WEEK"_s, u"datetime($1, 'start of day', '-' || ((strftime('%w', $1) + 6) % 7) || ' days')"_s},
        {u"DAY"_s, u"datetime($1, 'start of day')"_s},
        {u"DD"_s, u"datetime($1, 'start of day')"_s},
        {u"HOUR"_s, u"strftime('%Y-%m-%d %H:00:00', $1)"_s},
        {u"MINUTE"_s, u"strftime('%Y-%m-%d %H:%M:00', $1)"_s},
        {u"SECOND"_s, u"datetime($1)"_s},
    };
    if (!unit.isLiteral)
        throw SqlFailure::unsupported(u"units of time that are no literals"_s);
    const QString form = forms.value(unit.literal.toUpper());
    if (form.isEmpty())
        throw wrongUnit(unit.literal);
    const SqlValue time = coerced(value, u"timestamp"_s);
    return computed(filled(form, {time}), u"timestamp"_s, {time});
}

SqlValue formattedTime(const SqlValue &value, const SqlValue &pattern)
{
    const SqlFailure refused = SqlFailure::unsupported(u"the date pattern '%1'"_s.arg(pattern.literal));
    // Java's letters as strftime has them.
    static const QHash<QString, QString> letters{{u"yyyy"_s, u"%Y"_s}, {u"MM"_s, u"%m"_s}, {u"dd"_s, u"%d"_s},
                                                 {u"HH"_s, u"%H"_s},   {u"mm"_s, u"%M"_s}, {u"ss"_s, u"%S"_s}};
    static const QRegularExpression special(u"['%\\[\\]#{}]"_s);
    static const QRegularExpression runs(u"([A-Za-z])\\1*|[^A-Za-z]+"_s);
    if (!pattern.isLiteral || pattern.literal.contains(special))
        throw refused;
    QString form;
    for (auto run = runs.globalMatch(pattern.literal); run.hasNext();) {
        const auto match = run.next();
        const QString text = match.captured();
        if (!match.captured(1).isEmpty() && !letters.contains(text))
            throw refused;
        form += letters.value(text, text);
    }
    const SqlValue time = coerced(value, u"timestamp"_s);
    return computed(u"strftime(%1, %2)"_s.arg(textValue(form).sql, time.sql), u"string"_s, {time});
}

QString fieldFunction(const QString &field)
{
    static const QHash<QString, QString> functions{{u"YEAR"_s, u"year"_s},       {u"YR"_s, u"year"_s},
                                                   {u"QUARTER"_s, u"quarter"_s}, {u"QTR"_s, u"quarter"_s},
                                                   {u"MONTH"_s, u"month"_s},     {u"MON"_s, u"month"_s},
                                                   {u"WEEK"_s, u"weekofyear"_s}, {u"DAY"_s, u"day"_s},
                                                   {u"DOY"_s, u"dayofyear"_s},   {u"DAYOFWEEK"_s, u"dayofweek"_s},
                                                   {u"DOW"_s, u"dayofweek"_s},   {u"HOUR"_s, u"hour"_s},
                                                   {u"HR"_s, u"hour"_s},         {u"MINUTE"_s, u"minute"_s},
                                                   {u"MIN"_s, u"minute"_s},      {u"SECOND"_s, u"second"_s},
                                                   {u"SEC"_s, u"second"_s}};
    return functions.value(singular(field));
}

bool isTimeUnit(const QString &word)
{
    static const QStringList finer{u"MILLISECOND"_s, u"MICROSECOND"_s};
    return units().contains(singular(word)) || finer.contains(singular(word));
}

} // namespace Sample
