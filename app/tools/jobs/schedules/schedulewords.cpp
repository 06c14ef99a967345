#include "tools/jobs/schedules/schedulewords.h"

#include "tools/jobs/schedules/quartz.h"
#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>
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

/// "1-5" as "SUN-THU": Quartz counts the days from Sunday = 1, where most readers expect Monday. Empty for other forms.
QString weekDays(const QString &field)
{
    static const QRegularExpression form(u"^([1-7]|[A-Z]{3})([-,]([1-7]|[A-Z]{3}))*$"_s);
    static const QStringList names{u"SUN"_s, u"MON"_s, u"TUE"_s, u"WED"_s, u"THU"_s, u"FRI"_s, u"SAT"_s};
    if (!form.match(field.toUpper()).hasMatch())
        return {};
    QString words;
    for (const QChar letter : field.toUpper())
        words += letter.isDigit() ? names.at(letter.digitValue() - 1) : QString(letter);
    return words;
}

QString days(const QString &dayOfMonth, const QString &dayOfWeek)
{
    if (isAny(dayOfMonth) && isAny(dayOfWeek))
        return u"every day"_s;
    if (const QString named = weekDays(dayOfWeek); isAny(dayOfMonth) && !named.isEmpty())
        return "every "_L1 + named;
    if (whole(dayOfMonth) && isAny(dayOfWeek))
        return u"on day %1 of every month"_s.arg(dayOfMonth);
    return {};
}

/// Quartz: seconds, minutes, hours, day of month, month, day of week, and a year that may be left out.
QString cronWords(const QString &expression)
{
    QStringList fields = expression.simplified().split(u' ');
    if (fields.size() == 7 && isAny(fields.last()))
        fields.removeLast();
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

bool isPaused(const QJsonObject &trigger)
{
    return trigger.value("pause_status"_L1) == "PAUSED"_L1;
}

QString withPause(const QString &words, const QJsonObject &trigger)
{
    return isPaused(trigger) ? words + ", paused"_L1 : words;
}

QString cronText(const QJsonObject &schedule)
{
    const QString cron = Text::visible(schedule.value("quartz_cron_expression"_L1).toString());
    const QString words = cronWords(cron);
    const QString zone = Text::visible(schedule.value("timezone_id"_L1).toString());
    return withPause(u"%1 (%2)"_s.arg(words.isEmpty() ? "cron "_L1 + cron : words, zone), schedule);
}

QString continuousText(const QJsonObject &continuous)
{
    return withPause(u"continuously"_s, continuous);
}

QString triggerText(const QJsonObject &trigger)
{
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
    QStringList kinds = trigger.keys();
    kinds.removeOne(u"pause_status"_s);
    return withPause(u"when its trigger fires (%1)"_s.arg(Text::visible(kinds.join(", "_L1))), trigger);
}

/// What makes a job start by itself, by the setting's name.
struct Starter
{
    QLatin1StringView setting;
    QString (*words)(const QJsonObject &value);
};

constexpr Starter Starters[] = {
    {"schedule"_L1, &cronText}, {"trigger"_L1, &triggerText}, {"continuous"_L1, &continuousText}};

/// Whether nothing starts it by itself: neither is there a starter that is not paused.
bool allPaused(const QJsonObject &settings)
{
    const QStringList there = startersOf(settings);
    return std::ranges::all_of(there,
                               [&settings](const QString &name) { return isPaused(settings.value(name).toObject()); });
}

QString startsText(const QJsonObject &settings)
{
    const QString words = scheduleText(settings);
    return words.isEmpty() ? u"only when somebody starts it"_s : words;
}

/// ", next 2026-11-30 03:45 UTC (2026-11-30 05:45 Africa/Cairo), not paused"; nothing of one that is paused, whose
/// words say so already.
QString whatFollows(const QJsonObject &settings)
{
    if (startersOf(settings).isEmpty() || allPaused(settings))
        return {};
    const QString next = nextRunText(settings);
    return (next.isEmpty() ? QString() : ", next "_L1 + next) + ", not paused"_L1;
}

} // namespace

QStringList startersOf(const QJsonObject &settings)
{
    QStringList there;
    for (const Starter &starter : Starters) {
        if (!settings.value(starter.setting).toObject().isEmpty())
            there.append(starter.setting);
    }
    return there;
}

QString nextRunText(const QJsonObject &settings)
{
    const QJsonObject schedule = settings.value("schedule"_L1).toObject();
    const QString name = schedule.value("timezone_id"_L1).toString();
    const QTimeZone zone(name.toUtf8());
    const auto next =
        nextRun(schedule.value("quartz_cron_expression"_L1).toString(), zone, QDateTime::currentDateTimeUtc());
    if (!next || isPaused(schedule))
        return {};
    const QString form = u"yyyy-MM-dd HH:mm"_s;
    const QString utc = next->toUTC().toString(form) + " UTC"_L1;
    const bool isUtc = next->toUTC().toString(form) == next->toString(form);
    return isUtc ? utc : u"%1 (%2 %3)"_s.arg(utc, next->toString(form), name);
}

QString scheduleSentence(const QJsonObject &settings)
{
    const QString words = scheduleText(settings);
    if (words.isEmpty())
        return u"It has no schedule: it runs when somebody starts it."_s;
    if (allPaused(settings))
        return u"Its schedule: %1; it does not run by itself meanwhile."_s.arg(words);
    return u"It runs %1%2."_s.arg(words, whatFollows(settings));
}

QString scheduleChange(const QJsonObject &before, const QJsonObject &after, ChangeTime time)
{
    const QString was = startsText(before);
    const QString is = startsText(after);
    if (was == is)
        return {};
    const QString when = time == ChangeTime::Made ? u"now"_s : u"then"_s;
    const QString change = u"When it runs: before %1 → %2 %3%4."_s.arg(was, when, is, whatFollows(after));
    if (startersOf(before).isEmpty() || startersOf(after).isEmpty() || allPaused(before) == allPaused(after))
        return change;
    return change + (allPaused(after) ? u" It is paused %1: it does not run by itself."_s.arg(when)
                                      : u" It is no longer paused: it runs by itself from %1 on."_s.arg(when));
}

QString scheduleText(const QJsonObject &settings)
{
    QStringList words;
    for (const Starter &starter : Starters) {
        const QJsonObject value = settings.value(starter.setting).toObject();
        if (!value.isEmpty())
            words.append(starter.words(value));
    }
    return words.join("; and "_L1);
}

} // namespace Tools
