#include "sample/sql/expressions/coercion.h"

#include "sample/sql/expressions/timetexts.h"
#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

SqlValue plain(const SqlValue &value)
{
    if (familyOf(value) == TypeFamily::Interval)
        throw SqlFailure::unsupported(u"intervals but for one that is added to a date or a time"_s);
    return value;
}

SqlValue coerced(const SqlValue &given, const QString &type)
{
    const SqlValue value = plain(given);
    const TypeFamily from = familyOf(value);
    const TypeFamily to = familyOf(type);
    if (from == to && to != TypeFamily::Whole && to != TypeFamily::Real)
        return value;
    if (from == TypeFamily::Nothing || value.type == type)
        return value;
    const bool isWider =
        isNumber(from) && isNumber(to) && (to == TypeFamily::Real || commonType(value.type, type) == type);
    const bool becomesTime = from == TypeFamily::Date && to == TypeFamily::Timestamp;
    const bool isDay = from == TypeFamily::Timestamp && to == TypeFamily::Date;
    const bool holdsText = from == TypeFamily::Text || to == TypeFamily::Text;
    if (isWider && from == to)
        return value;
    if (!isWider && !becomesTime && !isDay && !holdsText)
        throw SqlFailure::wrongType(type, value.type);
    return castTo(value, type);
}

QString commonType(const QList<SqlValue> &values)
{
    QString type = u"void"_s;
    for (const SqlValue &value : values)
        type = commonType(type, value.type);
    return type;
}

QList<SqlValue> alike(const QList<SqlValue> &values)
{
    const QString type = commonType(values);
    QList<SqlValue> same;
    for (const SqlValue &value : values)
        same.append(familyOf(type) == TypeFamily::Decimal ? value : coerced(value, type));
    return same;
}

SqlValue typedLiteral(const QString &type, const QString &text)
{
    const QString time = type == "date"_L1 ? dateIn(text) : timestampIn(text);
    if (time.isEmpty()) {
        throw SqlFailure(u"INVALID_TYPED_LITERAL"_s,
                         u"The value of the typed literal \"%1\" is invalid: '%2'."_s.arg(shownType(type), text),
                         u"42604"_s);
    }
    return {textValue(time).sql, type};
}

} // namespace Sample
