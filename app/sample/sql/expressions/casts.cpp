#include "sample/sql/expressions/casts.h"

#include "sample/sql/expressions/timetexts.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QMap>
#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A cast of a value that is no NULL: what SQLite computes.
struct Cast
{
    const SqlValue &value;
    const QString &type;
    CastFailure failure;

    QString of(const QString &form) const { return filled(form, QStringList{value.sql}); }
    /// The form of what stands for a value that does not fit.
    QString otherwise(const QString &name) const
    {
        return failure == CastFailure::GivesNull ? u"NULL"_s : raised(name + u' ' + shownType(type), u"$1"_s);
    }
    /// What one form has where a condition holds, and another where not.
    QString where(const QString &condition, const QString &form, const QString &otherwise) const
    {
        return of(u"CASE WHEN %1 THEN %2 WHEN $1 IS NOT NULL THEN %3 END"_s.arg(condition, form, otherwise));
    }
};

using Caster = QString (*)(const Cast &cast);

QString same(const Cast &cast)
{
    return cast.value.sql;
}

struct Range
{
    QString least;
    QString most;
};

Range rangeOf(const QString &type)
{
    static const QHash<QString, Range> ranges{{u"tinyint"_s, {u"-128"_s, u"127"_s}},
                                              {u"smallint"_s, {u"-32768"_s, u"32767"_s}},
                                              {u"int"_s, {u"-2147483648"_s, u"2147483647"_s}},
                                              {u"bigint"_s, {u"-9223372036854775808"_s, u"9223372036854775807"_s}}};
    return ranges.value(type);
}

QString textToWhole(const Cast &cast)
{
    const Range range = rangeOf(cast.type);
    const QString fits = u"$1 REGEXP '^\\s*[+-]?\\d+\\s*$' AND CAST(trim($1) AS INTEGER) BETWEEN %1 AND %2 AND "
                         u"length(trim($1)) < 20"_s.arg(range.least, range.most);
    return cast.where(fits, u"CAST(trim($1) AS INTEGER)"_s, cast.otherwise(u"CAST_INVALID_INPUT"_s));
}

const QString IsNumber = u"$1 REGEXP '^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$'"_s;

QString textToReal(const Cast &cast)
{
    const QString endless = u"trim($1) REGEXP '^(?i)([+-]?inf(inity)?|nan|[0-9.e+-]+[df])$'"_s;
    const QString otherwise = u"CASE WHEN %1 THEN %2 ELSE %3 END"_s.arg(
        endless, raised(u"SAMPLE_WORKSPACE the number"_s, u"$1"_s), cast.otherwise(u"CAST_INVALID_INPUT"_s));
    return cast.where(IsNumber, u"CAST(trim($1) AS REAL)"_s, otherwise);
}

/// Ten to the power of the digits before the point: what a DECIMAL has to stay below.
QString limitOf(const QString &type)
{
    const Digits digits = digitsOf(type);
    return u"1e"_s + QString::number(digits.precision - digits.scale);
}

QString roundedTo(const QString &type, const QString &form)
{
    return u"round("_s + form + u", "_s + QString::number(digitsOf(type).scale) + u')';
}

QString textToDecimal(const Cast &cast)
{
    const QString number = roundedTo(cast.type, u"CAST(trim($1) AS REAL)"_s);
    const QString fits = u"abs("_s + number + u") < "_s + limitOf(cast.type);
    const QString ranged = u"CASE WHEN "_s + fits + u" THEN "_s + number + u" ELSE "_s +
                           cast.otherwise(u"NUMERIC_VALUE_OUT_OF_RANGE"_s) + u" END"_s;
    return cast.where(IsNumber, ranged, cast.otherwise(u"CAST_INVALID_INPUT"_s));
}

QString textToBoolean(const Cast &cast)
{
    const QString isTrue = u"lower(trim($1)) IN ('t', 'true', 'y', 'yes', '1')"_s;
    const QString isFalse = u"lower(trim($1)) IN ('f', 'false', 'n', 'no', '0')"_s;
    return cast.where(isTrue, u"1"_s,
                      u"CASE WHEN %1 THEN 0 ELSE %2 END"_s.arg(isFalse, cast.otherwise(u"CAST_INVALID_INPUT"_s)));
}

/// Where it says a time in a way that is not read here.
QString unreadTime(const Cast &cast, const QString &pattern)
{
    return u"CASE WHEN $1 REGEXP '%1' THEN %2 ELSE %3 END"_s.arg(
        pattern, raised(u"SAMPLE_WORKSPACE reading the time"_s, u"$1"_s), cast.otherwise(u"CAST_INVALID_INPUT"_s));
}

/// SQLite makes 2 March of 30 February when it adds days to it.
const QString HasDay = u"date(substr(trim($1), 1, 10), '+0 days') = substr(trim($1), 1, 10)"_s;

QString textToDate(const Cast &cast)
{
    return cast.where(u"$1 REGEXP '^\\s*\\d{4}-\\d\\d-\\d\\d([ T].*)?\\s*$' AND "_s + HasDay,
                      u"substr(trim($1), 1, 10)"_s,
                      unreadTime(cast, u"^\\s*[+-]?\\d{4,}(-\\d{1,2}|-\\d-\\d{1,2}|-\\d\\d-\\d)?([ T].*)?\\s*$"_s));
}

QString textToTimestamp(const Cast &cast)
{
    return cast.where(u"$1 REGEXP '^\\s*\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d)?)?\\s*$' AND "_s + HasDay +
                          u" AND datetime(trim($1)) IS NOT NULL"_s,
                      u"datetime(trim($1))"_s,
                      unreadTime(cast, u"^\\s*[+-]?\\d{4,}(-\\d{1,2}(-\\d{1,2}([ T].*)?)?)?\\s*$"_s));
}

QString numberToWhole(const Cast &cast)
{
    const Range range = rangeOf(cast.type);
    const QString whole = cast.type == "bigint"_L1 ? u"$1"_s : u"CAST($1 AS INTEGER)"_s;
    return cast.where(whole + u" BETWEEN %1 AND %2"_s.arg(range.least, range.most), u"CAST($1 AS INTEGER)"_s,
                      cast.otherwise(u"CAST_OVERFLOW"_s));
}

QString wholeToWhole(const Cast &cast)
{
    return commonType(cast.value.type, cast.type) == cast.type ? cast.value.sql : numberToWhole(cast);
}

QString numberToDecimal(const Cast &cast)
{
    const QString number = roundedTo(cast.type, u"$1"_s);
    const Digits from = operandOf(cast.value).digits;
    const Digits to = digitsOf(cast.type);
    // Rounding may need a digit more: 9.96 as DECIMAL(2,1).
    const int before = from.precision - from.scale + (from.scale > to.scale ? 1 : 0);
    if (familyOf(cast.value) != TypeFamily::Real && before <= to.precision - to.scale)
        return cast.of(number);
    return cast.where(u"abs("_s + number + u") < "_s + limitOf(cast.type), number,
                      cast.otherwise(u"NUMERIC_VALUE_OUT_OF_RANGE"_s));
}

QString toReal(const Cast &cast)
{
    return cast.of(u"CAST($1 AS REAL)"_s);
}

QString toText(const Cast &cast)
{
    return cast.of(u"CAST($1 AS TEXT)"_s);
}

QString decimalToText(const Cast &cast)
{
    const QString digits = QString::number(digitsOf(cast.value.type).scale);
    return cast.of(u"iif($1 IS NULL, NULL, printf('%."_s + digits + u"f', $1))"_s);
}

/// SQLite shows 15 digits, and Java all that it takes; very large and small ones are written differently.
QString realToText(const Cast &cast)
{
    const QString isSame =
        u"CAST(CAST($1 + 0.0 AS TEXT) AS REAL) = $1 AND ($1 = 0 OR abs($1) BETWEEN 1e-3 AND 9999999)"_s;
    return cast.where(isSame, u"CAST($1 + 0.0 AS TEXT)"_s, raised(u"SAMPLE_WORKSPACE as a text the number"_s, u"$1"_s));
}

QString booleanToText(const Cast &cast)
{
    return cast.of(u"CASE $1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"_s);
}

QString numberToBoolean(const Cast &cast)
{
    return cast.of(u"($1 <> 0)"_s);
}

QString dateToTimestamp(const Cast &cast)
{
    return cast.of(u"($1 || ' 00:00:00')"_s);
}

QString timestampToDate(const Cast &cast)
{
    return cast.of(u"substr($1, 1, 10)"_s);
}

QString timestampToWhole(const Cast &cast)
{
    return cast.of(u"CAST(strftime('%s', $1) AS INTEGER)"_s);
}

QString wholeToTimestamp(const Cast &cast)
{
    return cast.of(u"datetime($1, 'unixepoch')"_s);
}

const QMap<std::pair<TypeFamily, TypeFamily>, Caster> &casters()
{
    using F = TypeFamily;
    static const QMap<std::pair<TypeFamily, TypeFamily>, Caster> all{
        {{F::Text, F::Text}, &same},
        {{F::Text, F::Whole}, &textToWhole},
        {{F::Text, F::Decimal}, &textToDecimal},
        {{F::Text, F::Real}, &textToReal},
        {{F::Text, F::Boolean}, &textToBoolean},
        {{F::Text, F::Date}, &textToDate},
        {{F::Text, F::Timestamp}, &textToTimestamp},
        {{F::Whole, F::Whole}, &wholeToWhole},
        {{F::Whole, F::Decimal}, &numberToDecimal},
        {{F::Whole, F::Real}, &toReal},
        {{F::Whole, F::Text}, &toText},
        {{F::Whole, F::Boolean}, &numberToBoolean},
        {{F::Whole, F::Timestamp}, &wholeToTimestamp},
        {{F::Decimal, F::Whole}, &numberToWhole},
        {{F::Decimal, F::Decimal}, &numberToDecimal},
        {{F::Decimal, F::Real}, &toReal},
        {{F::Decimal, F::Text}, &decimalToText},
        {{F::Decimal, F::Boolean}, &numberToBoolean},
        {{F::Real, F::Whole}, &numberToWhole},
        {{F::Real, F::Decimal}, &numberToDecimal},
        {{F::Real, F::Real}, &same},
        {{F::Real, F::Text}, &realToText},
        {{F::Real, F::Boolean}, &numberToBoolean},
        {{F::Boolean, F::Boolean}, &same},
        {{F::Boolean, F::Text}, &booleanToText},
        {{F::Boolean, F::Whole}, &same},
        {{F::Boolean, F::Decimal}, &same},
        {{F::Boolean, F::Real}, &toReal},
        {{F::Date, F::Date}, &same},
        {{F::Date, F::Text}, &same},
        {{F::Date, F::Timestamp}, &dateToTimestamp},
        {{F::Timestamp, F::Timestamp}, &same},
        {{F::Timestamp, F::Date}, &timestampToDate},
        {{F::Timestamp, F::Text}, &same},
        {{F::Timestamp, F::Whole}, &timestampToWhole},
    };
    return all;
}

/// What a text says, where that is known before SQLite computes: a literal as SQLite writes it.
QString readLiteral(const SqlValue &value, const QString &type)
{
    const QString &text = value.literal;
    if (familyOf(value) != TypeFamily::Text || !value.isLiteral)
        return {};
    if (familyOf(type) == TypeFamily::Date || familyOf(type) == TypeFamily::Timestamp) {
        const QString time = familyOf(type) == TypeFamily::Date ? dateIn(text) : timestampIn(text);
        return time.isEmpty() ? QString() : textValue(time).sql;
    }
    static const QRegularExpression digits(u"^-?\\d{1,9}$"_s);
    const bool isWhole = digits.match(text).hasMatch() && (type == "int"_L1 || type == "bigint"_L1);
    return !isWhole ? QString() : text.startsWith(u'-') ? u'(' + text + u')' : text;
}

} // namespace

SqlValue castTo(const SqlValue &value, const QString &type, CastFailure failure)
{
    const TypeFamily from = familyOf(value);
    const TypeFamily to = familyOf(type);
    if (from == TypeFamily::Nothing || value.type == type)
        return computed(value.sql, type, {value});
    if (const QString read = readLiteral(value, type); !read.isEmpty())
        return computed(read, type, {value});
    if (from == TypeFamily::Other || to == TypeFamily::Other || from == TypeFamily::Interval)
        throw SqlFailure::unsupported(u"CAST from %1 to %2"_s.arg(shownType(value.type), shownType(type)));
    if (type.startsWith("char("_L1) || type.startsWith("varchar("_L1))
        throw SqlFailure::unsupported(u"CAST to "_s + shownType(type));
    const Caster caster = casters().value({from, to});
    const bool isLate =
        (from == TypeFamily::Timestamp || to == TypeFamily::Timestamp) && !caster && (isNumber(from) || isNumber(to));
    if (isLate)
        throw SqlFailure::unsupported(u"CAST from %1 to %2"_s.arg(shownType(value.type), shownType(type)));
    if (!caster) {
        throw SqlFailure(
            u"DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION"_s,
            u"Cannot resolve the expression due to data type mismatch: cannot cast \"%1\" to \"%2\"."_s.arg(
                shownType(value.type), shownType(type)),
            u"42K09"_s);
    }
    SqlValue cast = computed(caster({value, type, failure}), type, {value});
    if (cast.sql == value.sql) {
        cast.isLiteral = value.isLiteral && from == to;
        cast.literal = value.literal;
    }
    return cast;
}

} // namespace Sample
