#pragma once

#include <QString>

namespace Sample {

/// What a type of Databricks SQL is like.
enum class TypeFamily { Nothing, Boolean, Whole, Decimal, Real, Text, Date, Timestamp, Interval, Other };

/// The family of a type as Unity Catalog spells it: "decimal(18,2)", "timestamp_ntz"; "void" is the type of NULL.
TypeFamily familyOf(const QString &type);

bool isNumber(TypeFamily family);

/// The digits of a number, and how many of them are behind the point.
struct Digits
{
    int precision = 0;
    int scale = 0;
};

/// A DECIMAL's digits, or those of the DECIMAL that a whole number is taken for.
Digits digitsOf(const QString &type);

/// "decimal(28,2)"; digits behind the point go first when there are too many.
QString decimalType(int precision, int scale);

/// The type of a + b, a * b, a / b … of two numbers whose types and digits are these
/// (https://docs.databricks.com/sql/language-manual/data-types/decimal-type).
struct Operand
{
    QString type;
    Digits digits;
};
QString calculatedType(const QString &sign, const Operand &a, const Operand &b);

/// The type that takes values of both
/// (https://docs.databricks.com/sql/language-manual/sql-ref-datatype-rules). Throws SqlFailure where there is none.
QString commonType(const QString &a, const QString &b);

/// "INT" for "int", as messages spell types.
QString shownType(const QString &type);

} // namespace Sample
