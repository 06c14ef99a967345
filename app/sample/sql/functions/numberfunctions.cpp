#include "sample/sql/functions/numberfunctions.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/expressions/operators.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The first argument, which has to be a number or say one.
SqlValue numberOf(const SqlCall &call)
{
    const SqlValue &value = call.arguments.first();
    if (familyOf(value) == TypeFamily::Text)
        return coerced(value, u"double"_s);
    if (!isNumber(familyOf(value)) && familyOf(value) != TypeFamily::Nothing)
        throw SqlFailure::wrongType(u"numeric"_s, value.type);
    return value;
}

} // namespace

SqlValue roundedUp(const SqlCall &call)
{
    const SqlValue number = numberOf(call);
    const Digits digits = digitsOf(number.type);
    const QString function = call.name == "floor"_L1 ? u"floor"_s : u"ceil"_s;
    const bool isDecimal = familyOf(number) == TypeFamily::Decimal;
    return computed(u"CAST(%1(%2) AS INTEGER)"_s.arg(function, number.sql),
                    isDecimal ? decimalType(digits.precision - digits.scale + 1, 0) : u"bigint"_s, {number});
}

SqlValue rounded(const SqlCall &call)
{
    const SqlValue number = numberOf(call);
    const SqlValue places = call.arguments.value(1, numberValue(u"0"_s, u"int"_s));
    if (!places.isLiteral)
        throw SqlFailure::unsupported(u"round to a number of digits that is no literal"_s);
    const int wanted = places.literal.toInt();
    // SQLite rounds no digits before the point.
    const QString form = wanted >= 0 ? u"round($1, %1)"_s.arg(wanted) : u"(round($1 / 1e%1) * 1e%1)"_s.arg(-wanted);
    const QString sql = filled(form, {number});
    if (familyOf(number) == TypeFamily::Whole)
        return computed(wanted >= 0 ? number.sql : u"CAST(%1 AS INTEGER)"_s.arg(sql), number.type, {number});
    if (familyOf(number) != TypeFamily::Decimal)
        return computed(sql, number.type, {number});
    const Digits digits = digitsOf(number.type);
    const int scale = std::max(0, std::min(digits.scale, wanted));
    const int precision = std::min(digits.precision - digits.scale + 1 + scale, 38);
    return computed(sql, u"decimal(%1,%2)"_s.arg(precision).arg(scale), {number});
}

SqlValue calculatedCall(const SqlCall &call)
{
    static const QHash<QString, QString> signs{{u"mod"_s, u"%"_s},          {u"try_mod"_s, u"%"_s},
                                               {u"try_add"_s, u"+"_s},      {u"try_subtract"_s, u"-"_s},
                                               {u"try_multiply"_s, u"*"_s}, {u"try_divide"_s, u"/"_s}};
    const QString sign = signs.value(call.name);
    return call.name.startsWith("try_"_L1) ? triedCalculation(sign, call.arguments.at(0), call.arguments.at(1))
                                           : calculated(sign, call.arguments.at(0), call.arguments.at(1));
}

SqlValue positiveRemainder(const SqlCall &call)
{
    const SqlValue &divisor = call.arguments.at(1);
    const SqlValue once = calculated(u"%"_s, call.arguments.at(0), divisor);
    const SqlValue sum = computed(u"(%1 + %2)"_s.arg(once.sql, divisor.sql), once.type, {once, divisor});
    return calculated(u"%"_s, sum, divisor);
}

} // namespace Sample
