#include "sample/sql/functions/textforms.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/expressions/operators.h"
#include "sample/sql/sqlfailure.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// An argument as SQLite's printf takes it for this letter of a pattern. Java prints NULL as the word null.
SqlValue printedValue(const SqlValue &value, const QString &flags, QChar letter)
{
    const TypeFamily family = familyOf(value);
    const bool isWhole = family == TypeFamily::Whole;
    if (letter == u's') {
        const SqlValue text = coerced(value, u"string"_s);
        return computed(u"coalesce(%1, 'null')"_s.arg(text.sql), u"string"_s, {text});
    }
    if ((letter == u'f' && family != TypeFamily::Decimal && family != TypeFamily::Real) || (letter != u'f' && !isWhole))
        throw SqlFailure::unsupported(
            u"format_string with %%1 for a value of %2"_s.arg(letter).arg(shownType(value.type)));
    const QString null = raised(u"SAMPLE_WORKSPACE format_string with %%1%2 for NULL"_s.arg(flags).arg(letter));
    return computed(u"CASE WHEN %1 IS NULL THEN %2 ELSE %1 END"_s.arg(value.sql, null), value.type, {value});
}

} // namespace

SqlValue concatenated(const QList<SqlValue> &values)
{
    SqlValue all = coerced(values.first(), u"string"_s);
    for (const SqlValue &value : values.mid(1))
        all = joined(all, value);
    return all;
}

SqlValue joinedWith(const QList<SqlValue> &values)
{
    const SqlValue separator = coerced(values.first(), u"string"_s);
    QStringList parts;
    QList<SqlValue> texts{separator};
    for (const SqlValue &value : values.mid(1)) {
        texts.append(coerced(value, u"string"_s));
        parts.append(u"ifnull(%1 || %2, '')"_s.arg(separator.sql, texts.last().sql));
    }
    if (parts.isEmpty())
        return computed(u"iif(%1 IS NULL, NULL, '')"_s.arg(separator.sql), u"string"_s, texts);
    const QString all = u"substr(%1, length(%2) + 1)"_s.arg(parts.join(" || "_L1), separator.sql);
    return computed(u"iif(%1 IS NULL, NULL, %2)"_s.arg(separator.sql, all), u"string"_s, texts);
}

SqlValue printed(const QList<SqlValue> &values)
{
    static const QRegularExpression places(u"%(?:(%)|([-0,+]*\\d*)((?:\\.\\d+)?)([sdfxX])|(.?))"_s);
    const SqlValue &pattern = values.first();
    if (!pattern.isLiteral)
        throw SqlFailure::unsupported(u"format_string with a pattern that is no literal"_s);
    QList<SqlValue> parts{pattern};
    QStringList sql{pattern.sql};
    for (auto place = places.globalMatch(pattern.literal); place.hasNext();) {
        const auto match = place.next();
        if (!match.captured(1).isEmpty())
            continue;
        const QString letter = match.captured(4);
        if (letter.isEmpty() || parts.size() >= values.size() || (letter != "f"_L1 && !match.captured(3).isEmpty()))
            throw SqlFailure::unsupported(u"the pattern '%1' of format_string"_s.arg(pattern.literal));
        parts.append(printedValue(values.at(parts.size()), match.captured(2), letter.front()));
        sql.append(parts.last().sql);
    }
    return computed(u"printf("_s + sql.join(u", "_s) + u')', u"string"_s, parts);
}

SqlValue decoded(const QList<SqlValue> &values)
{
    const bool hasOtherwise = values.size() % 2 == 0;
    QString sql = u"CASE"_s;
    QList<SqlValue> results;
    QList<SqlValue> parts = values.first(1);
    for (qsizetype i = 2; i < values.size(); i += 2)
        results.append(values.at(i));
    if (hasOtherwise)
        results.append(values.last());
    results = alike(results);
    for (qsizetype i = 0; 2 * i + 2 < values.size(); ++i) {
        const SqlValue isKey = compared(u"<=>"_s, values.first(), values.at(2 * i + 1));
        sql += u" WHEN %1 THEN %2"_s.arg(isKey.sql, results.at(i).sql);
        parts.append(isKey);
    }
    if (hasOtherwise)
        sql += u" ELSE "_s + results.last().sql;
    return computed(sql + u" END"_s, commonType(results), parts + results);
}

} // namespace Sample
