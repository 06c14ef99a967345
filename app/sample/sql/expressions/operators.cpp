#include "sample/sql/expressions/operators.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/functions/datearithmetic.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

bool isTime(const SqlValue &value)
{
    return familyOf(value) == TypeFamily::Date || familyOf(value) == TypeFamily::Timestamp;
}

bool isInterval(const SqlValue &value)
{
    return familyOf(value) == TypeFamily::Interval;
}

/// A text beside a number is read as one.
SqlValue numberBeside(const SqlValue &value, const SqlValue &other)
{
    if (familyOf(value) == TypeFamily::Text)
        return coerced(value, familyOf(other) == TypeFamily::Whole ? u"bigint"_s : u"double"_s);
    if (!isNumber(familyOf(value)) && familyOf(value) != TypeFamily::Nothing)
        throw SqlFailure::wrongType(u"numeric"_s, value.type);
    return value;
}

struct Numbers
{
    SqlValue a;
    SqlValue b;
    QString type;
};

Numbers numbersOf(const QString &sign, const SqlValue &a, const SqlValue &b)
{
    const SqlValue left = numberBeside(a, b);
    const SqlValue right = numberBeside(b, a);
    return {left, right, calculatedType(sign == "DIV"_L1 ? u"/"_s : sign, operandOf(left), operandOf(right))};
}

/// SQLite reckons decimals as doubles: 0.1 + 0.2 is 0.3 only when it is rounded.
SqlValue withDigits(const QString &sql, const QString &type, const Numbers &numbers)
{
    const bool isDecimal = familyOf(type) == TypeFamily::Decimal;
    const QString exact = u"round(%1, %2)"_s.arg(sql, QString::number(digitsOf(type).scale));
    return computed(isDecimal ? exact : sql, type, {numbers.a, numbers.b});
}

QString quotientForm(const QString &sign, const Numbers &numbers)
{
    if (sign == "/"_L1)
        return u"($1 * 1.0 / $2)"_s;
    const bool areWhole = familyOf(numbers.a) == TypeFamily::Whole && familyOf(numbers.b) == TypeFamily::Whole;
    if (sign == "DIV"_L1)
        return areWhole ? u"($1 / $2)"_s : u"CAST($1 / $2 AS INTEGER)"_s;
    return areWhole ? u"($1 % $2)"_s : u"mod($1, $2)"_s;
}

/// Of a division. zero is what stands for a quotient by zero; NULL divided by zero is NULL.
SqlValue quotient(const QString &sign, const Numbers &numbers, const QString &zero)
{
    QString form = quotientForm(sign, numbers);
    const bool isSafe = numbers.b.isLiteral && numbers.b.literal.contains(QRegularExpression(u"[1-9]"_s));
    if (!isSafe)
        form = u"CASE WHEN $2 = 0 AND $1 IS NOT NULL THEN %1 ELSE %2 END"_s.arg(zero, form);
    const QString sql = filled(form, {numbers.a, numbers.b});
    if (sign == "DIV"_L1)
        return computed(sql, u"bigint"_s, {numbers.a, numbers.b});
    return withDigits(sql, numbers.type, numbers);
}

bool isDivision(const QString &sign)
{
    return sign == "/"_L1 || sign == "%"_L1 || sign == "DIV"_L1;
}

SqlValue timeCalculation(const QString &sign, const SqlValue &a, const SqlValue &b)
{
    if (sign != "+"_L1 && sign != "-"_L1)
        throw SqlFailure::wrongType(u"numeric"_s, isTime(a) ? a.type : b.type);
    if (isInterval(a) && isTime(b) && sign == "+"_L1)
        return shifted(b, sign, a.spans);
    if (isTime(a) && isInterval(b))
        return shifted(a, sign, b.spans);
    if (isInterval(a) || isInterval(b))
        throw SqlFailure::unsupported(u"intervals but for one that is added to a date or a time"_s);
    if (sign == "-"_L1 && isTime(b) && familyOf(a) != TypeFamily::Whole)
        throw SqlFailure::unsupported(u"the difference of dates or times as an INTERVAL; datediff and timestampdiff "
                                      "give it as a number"_s);
    if (sign == "+"_L1 && familyOf(b) == TypeFamily::Date)
        return shiftedByDays(b, sign, a);
    return shiftedByDays(a, sign, b);
}

} // namespace

SqlValue calculated(const QString &sign, const SqlValue &a, const SqlValue &b)
{
    if (isTime(a) || isTime(b) || isInterval(a) || isInterval(b))
        return timeCalculation(sign, a, b);
    const Numbers numbers = numbersOf(sign, a, b);
    if (isDivision(sign))
        return quotient(sign, numbers, raised(sign == "%"_L1 ? u"REMAINDER_BY_ZERO"_s : u"DIVIDE_BY_ZERO"_s));
    const SqlValue value = chained(numbers.a, sign, numbers.b, numbers.type);
    return familyOf(value) == TypeFamily::Decimal ? withDigits(value.sql, numbers.type, numbers) : value;
}

SqlValue triedCalculation(const QString &sign, const SqlValue &a, const SqlValue &b)
{
    if (isTime(a) || isTime(b))
        return timeCalculation(sign, a, b);
    if (isDivision(sign))
        return quotient(sign, numbersOf(sign, a, b), u"NULL"_s);
    const SqlValue value = calculated(sign, a, b);
    // A sum that is too large for a BIGINT is a floating number in SQLite.
    static const QHash<QString, QString> fits{
        {u"int"_s, u"CASE WHEN $1 BETWEEN -2147483648 AND 2147483647 THEN $1 END"_s},
        {u"bigint"_s, u"CASE WHEN typeof($1) = 'integer' THEN $1 END"_s}};
    return computed(filled(fits.value(value.type, u"$1"_s), {value}), value.type, {value});
}

SqlValue negated(const SqlValue &value)
{
    const SqlValue number = numberBeside(value, numberValue(u"0.0"_s, u"double"_s));
    SqlValue result = computed(u"(-%1)"_s.arg(number.sql), number.type, {number});
    result.isLiteral = number.isLiteral;
    result.literal = number.literal.startsWith(u'-') ? number.literal.mid(1) : u'-' + number.literal;
    return result;
}

SqlValue joined(const SqlValue &a, const SqlValue &b)
{
    const SqlValue left = coerced(a, u"string"_s);
    const SqlValue right = coerced(b, u"string"_s);
    return chained(left, u"||"_s, right, u"string"_s);
}

SqlValue compared(const QString &sign, const SqlValue &a, const SqlValue &b)
{
    static const QHash<QString, QString> inSqlite{{u"=="_s, u"="_s}, {u"<=>"_s, u"IS"_s}, {u"!="_s, u"<>"_s}};
    const QList<SqlValue> both = alike({a, b});
    const QString sql = u"(%1 %2 %3)"_s.arg(both.at(0).sql, inSqlite.value(sign, sign), both.at(1).sql);
    return computed(sql, u"boolean"_s, both);
}

SqlValue combined(const QString &word, const QList<SqlValue> &values)
{
    QList<SqlValue> truths;
    QStringList sql;
    for (const SqlValue &value : values) {
        truths.append(coerced(value, u"boolean"_s));
        sql.append(truths.last().sql);
    }
    return computed(u'(' + sql.join(u' ' + word + u' ') + u')', u"boolean"_s, truths);
}

SqlValue truth(const QString &form, const QList<SqlValue> &values)
{
    QList<SqlValue> truths;
    for (const SqlValue &value : values)
        truths.append(coerced(value, u"boolean"_s));
    return computed(filled(form, truths), u"boolean"_s, truths);
}

} // namespace Sample
