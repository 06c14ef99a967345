#include "sample/jobs/pasttimes.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 hour = 3'600'000;
constexpr int daysKept = 60;
/// A schedule that is paused has been so for this long.
constexpr qint64 paused = 5 * 24 * hour;

/// A month or a day of the week by its name, else the number. Quartz counts days from SUN = 1.
int numberOf(const QString &word)
{
    static const QStringList days{u"SUN"_s, u"MON"_s, u"TUE"_s, u"WED"_s, u"THU"_s, u"FRI"_s, u"SAT"_s};
    static const QStringList months{u"JAN"_s, u"FEB"_s, u"MAR"_s, u"APR"_s, u"MAY"_s, u"JUN"_s,
                                    u"JUL"_s, u"AUG"_s, u"SEP"_s, u"OCT"_s, u"NOV"_s, u"DEC"_s};
    const qsizetype named = std::max(days.indexOf(word.toUpper()), months.indexOf(word.toUpper()));
    bool isNumber = false;
    const int number = word.toInt(&isNumber);
    return isNumber ? number : named < 0 ? -1 : int(named) + 1;
}

/// The values of a field of a Quartz expression, ascending.
QList<int> valuesOf(const QString &field, int least, int most)
{
    QList<int> values;
    for (const QString &part : field.split(u',')) {
        const QString range = part.section(u'/', 0, 0);
        const int step = part.contains(u'/') ? part.section(u'/', 1).toInt() : 0;
        int first = least;
        int last = most;
        if (range != "*"_L1 && range != "?"_L1) {
            first = numberOf(range.section(u'-', 0, 0));
            last = range.contains(u'-') ? numberOf(range.section(u'-', 1)) : step > 0 ? most : first;
        }
        if (first < least || last > most)
            return {};
        for (int value = first; value <= last; value += std::max(step, 1))
            values.append(value);
    }
    std::sort(values.begin(), values.end());
    return values;
}

QList<qint64> byCron(const QJsonObject &schedule, qint64 before, const Reach &reach)
{
    const QStringList fields = schedule.value("quartz_cron_expression"_L1).toString().split(u' ', Qt::SkipEmptyParts);
    const QTimeZone zone(schedule.value("timezone_id"_L1).toString().toLatin1());
    if (fields.size() < 6 || !zone.isValid())
        return {};
    const QList<int> seconds = valuesOf(fields.at(0), 0, 59);
    const QList<int> minutes = valuesOf(fields.at(1), 0, 59);
    const QList<int> hours = valuesOf(fields.at(2), 0, 23);
    const QList<int> days = valuesOf(fields.at(3), 1, 31);
    const QList<int> months = valuesOf(fields.at(4), 1, 12);
    const QList<int> weekdays = valuesOf(fields.at(5), 1, 7);
    QList<qint64> times;
    QDate date = QDateTime::fromMSecsSinceEpoch(before, zone).date();
    for (int back = 0; back < daysKept && reach.wants(times, before); ++back, date = date.addDays(-1)) {
        if (!days.contains(date.day()) || !months.contains(date.month()) ||
            !weekdays.contains(date.dayOfWeek() % 7 + 1))
            continue;
        QList<qint64> ofDay;
        for (const int h : hours) {
            for (const int m : minutes) {
                for (const int s : seconds) {
                    const QDateTime time(date, QTime(h, m, s), zone);
                    if (time.isValid() && time.toMSecsSinceEpoch() < before)
                        ofDay.append(time.toMSecsSinceEpoch());
                }
            }
        }
        std::sort(ofDay.begin(), ofDay.end(), std::greater<>());
        for (qsizetype i = 0; i < ofDay.size() && reach.wants(times, before); ++i)
            times.append(ofDay.at(i));
    }
    return times;
}

QList<qint64> byPeriod(const QJsonObject &periodic, qint64 before, const Reach &reach)
{
    static const QHash<QString, qint64> units{{u"HOURS"_s, hour}, {u"DAYS"_s, 24 * hour}, {u"WEEKS"_s, 168 * hour}};
    const qint64 period = periodic.value("interval"_L1).toInteger() * units.value(periodic.value("unit"_L1).toString());
    QList<qint64> times;
    if (period <= 0)
        return times;
    for (qint64 time = (before - 1) / period * period;
         reach.wants(times, before) && before - time < daysKept * 24 * hour; time -= period)
        times.append(time);
    return times;
}

} // namespace

bool Reach::wants(const QList<qint64> &times, qint64 before) const
{
    return times.size() < count || before - times.last() < hours * hour;
}

QList<qint64> pastTimes(const QJsonObject &settings, qint64 before, const Reach &reach)
{
    const QJsonObject schedule = settings.value("schedule"_L1).toObject();
    const QJsonObject trigger = settings.value("trigger"_L1).toObject();
    const bool isPaused = schedule.value("pause_status"_L1) == "PAUSED"_L1;
    if (!schedule.isEmpty())
        return byCron(schedule, isPaused ? before - paused : before, reach);
    return byPeriod(trigger.value("periodic"_L1).toObject(), before, reach);
}

} // namespace Sample
