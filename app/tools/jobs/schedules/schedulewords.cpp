#include "tools/jobs/schedules/schedulewords.h"

#include "tools/jobs/schedules/quartz.h"
#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>
#include <QTimeZone>

#include <optional>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

std::optional<int> whole(const QString &field)
{
    bool isNumber = false;
    const int number = field.toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// n of "0/n" and "*/n".
std::optional<int> step(const QString &field)
{
    return field.startsWith("0/"_L1) || field.startsWith("*/"_L1) ? whole(field.mid(2)) : std::nullopt;
}

bool isAny(const QString &field)
{
    return field == "*"_L1 || field == "?"_L1;
}

QString days(const QString &dayOfMonth, const QString &dayOfWeek)
{
    static const QRegularExpression names(u"^[A-Z]{3}([-,][A-Z]{3})*$"_s);
    if (isAny(dayOfMonth) && isAny(dayOfWeek))
        return u"every day"_s;
    if (isAny(dayOfMonth) && names.match(dayOfWeek).hasMatch())
        return "every "_L1 + dayOfWeek;
    if (whole(dayOfMonth) && isAny(dayOfWeek))
        return u"on day %1 of every month"_s.arg(dayOfMonth);
    return {};
}

/// Quartz: seconds, minutes, hours, day of month, month, day of week, and a year that may be left out.
QString cronWords(const QString &expression)
{
    const QStringList fields = expression.simplified().split(u' ');
    if (fields.size() != 6 || !isAny(fields.at(4)))
        return {};
    const QString &minutes = fields.at(1);
    const QString &hours = fields.at(2);
    const QString when = days(fields.at(3), fields.at(5));
    const bool everyDay = when == "every day"_L1;
    if (const auto minute = whole(minutes), hour = whole(hours); minute && hour && !when.isEmpty())
        return u"%1 at %2:%3"_s.arg(when).arg(*hour, 2, 10, QLatin1Char('0')).arg(*minute, 2, 10, QLatin1Char('0'));
    if (const auto every = step(minutes); every && isAny(hours) && everyDay)
        return u"every %1 minutes"_s.arg(*every);
    if (const auto minute = whole(minutes); minute && isAny(hours) && everyDay)
        return u"every hour at minute %1"_s.arg(*minute);
    if (const auto every = step(hours); every && whole(minutes) && everyDay)
        return u"every %1 hours at minute %2"_s.arg(*every).arg(*whole(minutes));
    return {};
}

QString withPause(const QString &words, const QJsonObject &trigger)
{
    return trigger.value("pause_status"_L1) == "PAUSED"_L1 ? words + ", paused"_L1 : words;
}

} // namespace

QString scheduleSentence(const QJsonObject &settings)
{
    const QString words = scheduleText(settings);
    if (words.isEmpty())
        return u"It has no schedule: it runs when somebody starts it."_s;
    const QJsonObject schedule = settings.value("schedule"_L1).toObject();
    if (words.endsWith(", paused"_L1))
        return u"Its schedule: %1; it does not run by itself meanwhile."_s.arg(words);
    const QTimeZone zone(schedule.value("timezone_id"_L1).toString().toUtf8());
    const auto next =
        nextRun(schedule.value("quartz_cron_expression"_L1).toString(), zone, QDateTime::currentDateTimeUtc());
    return u"It runs %1%2, not paused."_s.arg(words,
                                              next ? u", next "_s + next->toString(u"yyyy-MM-dd HH:mm"_s) : QString());
}

QString scheduleText(const QJsonObject &settings)
{
    const QJsonObject schedule = settings.value("schedule"_L1).toObject();
    if (!schedule.isEmpty()) {
        const QString cron = Text::visible(schedule.value("quartz_cron_expression"_L1).toString());
        const QString words = cronWords(cron);
        const QString zone = Text::visible(schedule.value("timezone_id"_L1).toString());
        return withPause(u"%1 (%2)"_s.arg(words.isEmpty() ? "cron "_L1 + cron : words, zone), schedule);
    }
    const QJsonObject continuous = settings.value("continuous"_L1).toObject();
    if (!continuous.isEmpty())
        return withPause(u"continuously"_s, continuous);
    const QJsonObject trigger = settings.value("trigger"_L1).toObject();
    if (trigger.contains("periodic"_L1)) {
        const QJsonObject periodic = trigger.value("periodic"_L1).toObject();
        const QString unit = Text::visible(periodic.value("unit"_L1).toString()).toLower();
        return withPause(u"every %1 %2"_s.arg(periodic.value("interval"_L1).toInteger()).arg(unit), trigger);
    }
    if (trigger.contains("file_arrival"_L1))
        return withPause(
            "when files arrive in "_L1 + Text::visible(trigger.value("file_arrival"_L1)["url"_L1].toString()), trigger);
    if (trigger.contains("table_update"_L1) || trigger.contains("table"_L1))
        return withPause(u"when tables change"_s, trigger);
    return {};
}

} // namespace Tools
