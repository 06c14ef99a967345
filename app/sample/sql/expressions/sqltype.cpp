#include "sample/sql/expressions/sqltype.h"

#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int MostDigits = 38;

const QStringList WholeTypes{u"tinyint"_s, u"smallint"_s, u"int"_s, u"bigint"_s};

QString widerWhole(const QString &a, const QString &b)
{
    return WholeTypes.at(std::max(WholeTypes.indexOf(a), WholeTypes.indexOf(b)));
}

/// Of two numbers, at least one of which is FLOAT or DOUBLE.
QString widerReal(const QString &a, const QString &b)
{
    const bool isFloat =
        (a == "float"_L1 || familyOf(a) == TypeFamily::Whole) && (b == "float"_L1 || familyOf(b) == TypeFamily::Whole);
    return isFloat ? u"float"_s : u"double"_s;
}

QString widerNumber(const QString &a, const QString &b)
{
    if (familyOf(a) == TypeFamily::Real || familyOf(b) == TypeFamily::Real)
        return widerReal(a, b);
    if (familyOf(a) == TypeFamily::Whole && familyOf(b) == TypeFamily::Whole)
        return widerWhole(a, b);
    const Digits left = digitsOf(a);
    const Digits right = digitsOf(b);
    const int scale = std::max(left.scale, right.scale);
    const int before = std::max(left.precision - left.scale, right.precision - right.scale);
    return u"decimal(%1,%2)"_s.arg(std::min(before + scale, MostDigits)).arg(scale);
}

/// What a text is read as beside a value of another type.
QString besideText(const QString &type)
{
    static const QHash<TypeFamily, QString> read{{TypeFamily::Whole, u"bigint"_s}, {TypeFamily::Decimal, u"double"_s},
                                                 {TypeFamily::Real, u"double"_s},  {TypeFamily::Boolean, u"boolean"_s},
                                                 {TypeFamily::Date, u"date"_s},    {TypeFamily::Timestamp, type},
                                                 {TypeFamily::Text, u"string"_s}};
    return read.value(familyOf(type));
}

QString decimalResult(const QString &sign, const Digits &a, const Digits &b)
{
    const int scale = std::max(a.scale, b.scale);
    const int before = std::max(a.precision - a.scale, b.precision - b.scale);
    if (sign == "*"_L1)
        return decimalType(a.precision + b.precision + 1, a.scale + b.scale);
    if (sign == "/"_L1) {
        const int digits = std::max(6, a.scale + b.precision + 1);
        return decimalType(a.precision - a.scale + b.scale + digits, digits);
    }
    if (sign == "%"_L1)
        return decimalType(std::min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
    return decimalType(before + scale + 1, scale);
}

} // namespace

TypeFamily familyOf(const QString &type)
{
    static const QHash<QString, TypeFamily> families{{u"void"_s, TypeFamily::Nothing},
                                                     {u"boolean"_s, TypeFamily::Boolean},
                                                     {u"tinyint"_s, TypeFamily::Whole},
                                                     {u"smallint"_s, TypeFamily::Whole},
                                                     {u"int"_s, TypeFamily::Whole},
                                                     {u"bigint"_s, TypeFamily::Whole},
                                                     {u"decimal"_s, TypeFamily::Decimal},
                                                     {u"float"_s, TypeFamily::Real},
                                                     {u"double"_s, TypeFamily::Real},
                                                     {u"string"_s, TypeFamily::Text},
                                                     {u"varchar"_s, TypeFamily::Text},
                                                     {u"char"_s, TypeFamily::Text},
                                                     {u"date"_s, TypeFamily::Date},
                                                     {u"timestamp"_s, TypeFamily::Timestamp},
                                                     {u"timestamp_ntz"_s, TypeFamily::Timestamp},
                                                     {u"interval"_s, TypeFamily::Interval}};
    return families.value(type.section(u'(', 0, 0), TypeFamily::Other);
}

bool isNumber(TypeFamily family)
{
    return family == TypeFamily::Whole || family == TypeFamily::Decimal || family == TypeFamily::Real;
}

Digits digitsOf(const QString &type)
{
    static const QHash<QString, int> whole{{u"tinyint"_s, 3}, {u"smallint"_s, 5}, {u"int"_s, 10}, {u"bigint"_s, 20}};
    if (whole.contains(type))
        return {whole.value(type), 0};
    const QString digits = type.section(u'(', 1).section(u')', 0, 0);
    return {digits.section(u',', 0, 0).toInt(), digits.section(u',', 1).toInt()};
}

QString decimalType(int precision, int scale)
{
    if (precision > MostDigits) {
        scale = std::max(MostDigits - (precision - scale), std::min(scale, 6));
        precision = MostDigits;
    }
    return u"decimal(%1,%2)"_s.arg(precision).arg(scale);
}

QString calculatedType(const QString &sign, const Operand &a, const Operand &b)
{
    if (familyOf(a.type) == TypeFamily::Nothing || familyOf(b.type) == TypeFamily::Nothing)
        return familyOf(a.type) == TypeFamily::Nothing ? b.type : a.type;
    if (familyOf(a.type) == TypeFamily::Real || familyOf(b.type) == TypeFamily::Real)
        return sign == "/"_L1 ? u"double"_s : widerReal(a.type, b.type);
    if (familyOf(a.type) == TypeFamily::Whole && familyOf(b.type) == TypeFamily::Whole)
        return sign == "/"_L1 ? u"double"_s : widerWhole(a.type, b.type);
    return decimalResult(sign, a.digits, b.digits);
}

QString commonType(const QString &a, const QString &b)
{
    const TypeFamily left = familyOf(a);
    const TypeFamily right = familyOf(b);
    if (a == b || right == TypeFamily::Nothing)
        return a;
    if (left == TypeFamily::Nothing)
        return b;
    if (isNumber(left) && isNumber(right))
        return widerNumber(a, b);
    const auto isTime = [](TypeFamily family) { return family == TypeFamily::Date || family == TypeFamily::Timestamp; };
    if (isTime(left) && isTime(right))
        return left == TypeFamily::Timestamp ? a : b;
    const QString common = left == TypeFamily::Text    ? besideText(b)
                           : right == TypeFamily::Text ? besideText(a)
                                                       : QString();
    if (common.isEmpty()) {
        throw SqlFailure(u"DATATYPE_MISMATCH.DATA_DIFF_TYPES"_s,
                         u"Cannot resolve the expression due to data type mismatch: its values should all be of the "
                         "same type, but they are \"%1\" and \"%2\"."_s.arg(shownType(a), shownType(b)),
                         u"42K09"_s);
    }
    return common;
}

QString shownType(const QString &type)
{
    return type.toUpper();
}

} // namespace Sample
