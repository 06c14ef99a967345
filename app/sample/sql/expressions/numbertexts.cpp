#include "sample/sql/expressions/numbertexts.h"

#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int MostDigits = 38;

/// SQLite takes a number without a point for a whole one.
SqlValue real(const QString &digits, const QString &type)
{
    const bool isWhole = !digits.contains(QRegularExpression(u"[.eE]"_s));
    return numberValue(isWhole ? digits + u".0"_s : digits, type);
}

SqlValue decimal(const QString &digits)
{
    static const QRegularExpression leading(u"^0+"_s);
    const int scale = static_cast<int>(digits.section(u'.', 1).size());
    const int precision = static_cast<int>(QString(digits).remove(u'.').remove(leading).size());
    if (std::max(precision, scale) > MostDigits)
        throw SqlFailure::unsupported(u"numbers of more than 38 digits"_s);
    return numberValue(digits, u"decimal(%1,%2)"_s.arg(std::max({precision, scale, 1})).arg(scale));
}

} // namespace

std::optional<SqlValue> numberIn(const QString &text)
{
    static const QHash<QString, QString> suffixes{
        {u"L"_s, u"bigint"_s}, {u"S"_s, u"smallint"_s}, {u"Y"_s, u"tinyint"_s}, {u"D"_s, u"double"_s},
        {u"F"_s, u"float"_s},  {u"BD"_s, u"decimal"_s}, {QString(), QString()}};
    static const QRegularExpression form(u"^(\\d+\\.?\\d*|\\.\\d+)((?:[eE][+-]?\\d+)?)([A-Za-z]*)$"_s);
    const auto match = form.match(text);
    const QString suffix = match.captured(3).toUpper();
    if (!match.hasMatch() || !suffixes.contains(suffix))
        return std::nullopt;
    const QString type = suffixes.value(suffix);
    if (!match.captured(2).isEmpty() || familyOf(type) == TypeFamily::Real)
        return real(match.captured(1) + match.captured(2), type.isEmpty() ? u"double"_s : type);
    bool isWhole = false;
    const qint64 value = match.captured(1).toLongLong(&isWhole);
    if (!isWhole || familyOf(type) == TypeFamily::Decimal)
        return decimal(match.captured(1));
    const QString least = value <= std::numeric_limits<qint32>::max() ? u"int"_s : u"bigint"_s;
    return numberValue(QString::number(value), type.isEmpty() ? least : type);
}

} // namespace Sample
