#include "tools/jobs/schedules/quartz.h"

#include "common/visible.h"
#include "tools/kit/text/nearnames.h"

#include <QList>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

const QStringList Months{u"JAN"_s, u"FEB"_s, u"MAR"_s, u"APR"_s, u"MAY"_s, u"JUN"_s,
                         u"JUL"_s, u"AUG"_s, u"SEP"_s, u"OCT"_s, u"NOV"_s, u"DEC"_s};
const QStringList Days{u"SUN"_s, u"MON"_s, u"TUE"_s, u"WED"_s, u"THU"_s, u"FRI"_s, u"SAT"_s};

/// A field of an expression: its bounds, and the names it knows for its numbers, from the lowest on.
struct Field
{
    int lowest;
    int highest;
    const QStringList *names = nullptr;
};

const std::array<Field, 7> Fields{Field{0, 59},          Field{0, 59},       Field{0, 23},     Field{1, 31},
                                  Field{1, 12, &Months}, Field{1, 7, &Days}, Field{1970, 2199}};

std::optional<int> number(const QString &text, const Field &field)
{
    if (field.names) {
        if (const qsizetype place = field.names->indexOf(text.toUpper()); place >= 0)
            return field.lowest + int(place);
    }
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    return isNumber && value >= field.lowest && value <= field.highest ? std::optional(value) : std::nullopt;
}

/// The numbers that a field stands for, in order; nothing for what is not followed.
std::optional<QList<int>> numbers(const QString &text, const Field &field)
{
    QList<int> all;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        const QString range = part.section(u'/', 0, 0);
        const bool hasStep = part.contains(u'/');
        bool isStep = true;
        const int step = hasStep ? part.section(u'/', 1).toInt(&isStep) : 1;
        std::optional<int> first = field.lowest;
        std::optional<int> last = field.highest;
        if (range != "*"_L1 && range != "?"_L1) {
            first = number(range.section(u'-', 0, 0), field);
            last = range.contains(u'-') ? number(range.section(u'-', 1), field) : hasStep ? last : first;
        }
        if (!isStep || step < 1 || !first || !last || *first > *last)
            return {};
        for (int value = *first; value <= *last; value += step)
            all.append(value);
    }
    std::ranges::sort(all);
    return all;
}

/// The Quartz form of a Unix expression, whose days of the week count from 0, Sunday.
QString quartzForm(const QStringList &unixFields)
{
    QString week = unixFields.at(4);
    QString month = unixFields.at(2);
    if (week == "*"_L1) {
        week = u"?"_s;
    } else {
        month = u"?"_s;
        QString named;
        for (const QChar letter : week)
            named += letter.isDigit() ? Days.value(letter.digitValue() % 7) : QString(letter);
        week = named;
    }
    return u"0 %1 %2 %3 %4 %5"_s.arg(unixFields.at(0), unixFields.at(1), month, unixFields.at(3), week);
}

} // namespace

QString cronProblem(const QString &expression)
{
    const QStringList fields = expression.simplified().split(u' ');
    if (fields.size() == 5)
        return u"\"%1\" is a Unix cron expression of five fields. Jobs take Quartz, which begins with seconds: \"%2\"."_s
            .arg(Text::line(expression, 80), quartzForm(fields));
    if (fields.size() < 6 || fields.size() > 7)
        return u"\"%1\" is no Quartz cron expression: it has six fields, seconds first, such as \"0 30 2 * * ?\" for every day at 02:30."_s
            .arg(Text::line(expression, 80));
    if (fields.at(3) != "?"_L1 && fields.at(5) != "?"_L1)
        return u"In \"%1\" one of day of month and day of week must be ?, such as \"0 30 2 * * ?\" for every day at 02:30."_s
            .arg(Text::line(expression, 80));
    return {};
}

QString zoneProblem(const QString &zone)
{
    if (QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()))
        return {};
    QStringList all;
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &id : ids)
        all.append(QString::fromLatin1(id));
    QString wanted = zone.trimmed();
    wanted.replace(u' ', u'_');
    QString near = didYouMean(wanted, all);
    if (near.isEmpty())
        near = didYouMean(wanted.section(u'/', -1), all);
    return u"There is no time zone \"%1\".%2 Names are like Europe/Berlin or UTC."_s.arg(Text::line(zone, 60), near);
}

std::optional<QDateTime> nextRun(const QString &expression, const QTimeZone &zone, const QDateTime &after)
{
    constexpr int LongestLook = 4 * 366;
    const QStringList fields = expression.simplified().split(u' ');
    if (fields.size() < 6 || fields.size() > 7 || !zone.isValid())
        return {};
    std::array<QList<int>, 7> wanted;
    for (qsizetype i = 0; i < 7; ++i) {
        const auto values = numbers(fields.value(i, u"*"_s), Fields.at(size_t(i)));
        if (!values)
            return {};
        wanted.at(size_t(i)) = *values;
    }
    const auto &[seconds, minutes, hours, days, months, weekDays, years] = wanted;
    const QDate today = after.toTimeZone(zone).date();
    for (int i = 0; i < LongestLook; ++i) {
        const QDate date = today.addDays(i);
        if (!days.contains(date.day()) || !months.contains(date.month()) ||
            !weekDays.contains(date.dayOfWeek() % 7 + 1) || !years.contains(date.year()))
            continue;
        for (const int hour : hours) {
            for (const int minute : minutes) {
                for (const int second : seconds) {
                    const QDateTime time(date, QTime(hour, minute, second), zone);
                    if (time.isValid() && time > after)
                        return time;
                }
            }
        }
    }
    return {};
}

} // namespace Tools
