#include "sample/sql/expressions/timetexts.h"

#include "sample/sql/sqlfailure.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// $1 to $3 of the match are year, month and day; the latter two may be missing.
QDate dateOf(const QRegularExpressionMatch &match)
{
    const auto part = [&match](int i) { return match.captured(i).isEmpty() ? 1 : match.captured(i).toInt(); };
    return {match.captured(1).toInt(), part(2), part(3)};
}

QTimeZone zoneOf(const QString &name)
{
    static const QRegularExpression shift(u"^([+-])(\\d{1,2}):?(\\d\\d)?$"_s);
    const auto match = shift.match(name);
    if (!match.hasMatch())
        return name.isEmpty() || name == "Z"_L1 || name == "UTC"_L1 ? QTimeZone::utc() : QTimeZone(name.toLatin1());
    const int minutes = match.captured(2).toInt() * 60 + match.captured(3).toInt();
    return QTimeZone((match.captured(1) == "-"_L1 ? -minutes : minutes) * 60);
}

} // namespace

QString dateIn(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T].*)?)?)?$"_s);
    static const QRegularExpression distant(u"^[+-]?\\d{5,}-|^[+-]\\d{4}-"_s);
    if (distant.match(text.trimmed()).hasMatch())
        throw SqlFailure::unsupported(u"years but those of four digits"_s);
    const auto match = form.match(text.trimmed());
    const QDate date = match.hasMatch() ? dateOf(match) : QDate();
    return date.isValid() ? date.toString(u"yyyy-MM-dd"_s) : QString();
}

QString timestampIn(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(\\.\\d*)?)?\\s*([A-Z+-].*)?)?)?)?$"_s);
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    if (match.captured(7).contains(QRegularExpression(u"[1-9]"_s)))
        throw SqlFailure::unsupported(u"times that are more exact than a second"_s);
    const QTime time(match.captured(4).toInt(), match.captured(5).toInt(), match.captured(6).toInt());
    const QTimeZone zone = zoneOf(match.captured(8).trimmed());
    if (!time.isValid() || !zone.isValid() || !dateOf(match).isValid())
        return {};
    return QDateTime(dateOf(match), time, zone).toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace Sample
