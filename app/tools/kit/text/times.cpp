#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr auto Printed = "yyyy-MM-dd HH:mm:ss 'UTC'"_L1;

std::optional<QDateTime> readAgo(const QString &text)
{
    static const QRegularExpression form(
        u"\\A(?:last\\s+)?(\\d{1,6})\\s*(s|sec|second|m|min|minute|h|hour|d|day|w|week)s?(?:\\s+ago)?\\z"_s);
    static const QHash<QChar, qint64> seconds{{u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86'400}, {u'w', 604'800}};
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    return QDateTime::currentDateTimeUtc().addSecs(-match.captured(1).toLongLong() *
                                                   seconds.value(match.capturedView(2).front()));
}

std::optional<QDateTime> readNumber(const QString &text)
{
    constexpr qint64 FirstMilliseconds = 100'000'000'000; // of 1973; as seconds that is the year 5138
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 1'000'000'000)
        return {};
    return QDateTime::fromMSecsSinceEpoch(number < FirstMilliseconds ? number * 1000 : number, QTimeZone::utc());
}

std::optional<QDateTime> readDate(QString text)
{
    QTimeZone zone = QTimeZone::utc();
    static const QRegularExpression zoneForm(u"\\s+([A-Za-z]+(?:/[A-Za-z_]+)*)\\z"_s);
    if (const QRegularExpressionMatch match = zoneForm.match(text); match.hasMatch()) {
        const QString name = match.captured(1);
        zone = name.compare("utc"_L1, Qt::CaseInsensitive) == 0 || name.compare("gmt"_L1, Qt::CaseInsensitive) == 0
                   ? QTimeZone::utc()
                   : QTimeZone(name.toLatin1());
        if (!zone.isValid())
            return {};
        text.truncate(match.capturedStart());
    }
    // "2026-11-22 08:00+02:00" has a blank where ISO 8601 has a T.
    static const QRegularExpression blank(u"\\A(\\d{4}-\\d{2}-\\d{2})\\s+(?=\\d)"_s);
    QDateTime time = QDateTime::fromString(text.replace(blank, u"\\1T"_s), Qt::ISODateWithMs);
    if (!time.isValid())
        return {};
    // Without a zone of its own Qt takes it for a time of this computer.
    return time.timeSpec() == Qt::LocalTime ? QDateTime(time.date(), time.time(), zone) : time;
}

} // namespace

QString timeText(qint64 milliseconds)
{
    if (milliseconds <= 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc()).toString(Printed);
}

QString anyTimeText(const QJsonValue &time)
{
    if (!time.isString())
        return timeText(time.toInteger());
    const QDateTime parsed = QDateTime::fromString(time.toString(), Qt::ISODateWithMs);
    return parsed.isValid() ? timeText(parsed.toMSecsSinceEpoch()) : Text::visible(time.toString());
}

QString durationText(std::chrono::milliseconds duration)
{
    using namespace std::chrono;
    const auto pair = [](qint64 large, const QString &unit, qint64 small, const QString &smaller) {
        return small > 0 ? u"%1 %2 %3 %4"_s.arg(large).arg(unit).arg(small).arg(smaller)
                         : u"%1 %2"_s.arg(large).arg(unit);
    };
    if (duration < 1s)
        return u"%1 ms"_s.arg(duration.count());
    const qint64 seconds = duration_cast<std::chrono::seconds>(duration).count();
    if (seconds < 60)
        return u"%1 s"_s.arg(double(duration.count()) / 1000, 0, 'f', 1);
    if (seconds < 3600)
        return pair(seconds / 60, u"min"_s, seconds % 60, u"s"_s);
    if (seconds < 86'400)
        return pair(seconds / 3600, u"h"_s, seconds % 3600 / 60, u"min"_s);
    return pair(seconds / 86'400, u"d"_s, seconds % 86'400 / 3600, u"h"_s);
}

std::optional<QDateTime> readTime(const QString &text)
{
    const QString plain = text.trimmed();
    const QString lower = plain.toLower();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (lower == "now"_L1)
        return now;
    if (lower == "today"_L1)
        return now.date().startOfDay(QTimeZone::utc());
    if (lower == "yesterday"_L1)
        return now.date().addDays(-1).startOfDay(QTimeZone::utc());
    if (const auto ago = readAgo(lower))
        return ago;
    if (const auto number = readNumber(plain))
        return number;
    return readDate(plain);
}

std::optional<QDateTime> readEnd(const QString &text)
{
    static const QRegularExpression day(u"\\A(today|yesterday|\\d{4}-\\d{2}-\\d{2}(\\s+[A-Za-z/_]+)?)\\z"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    const std::optional<QDateTime> time = readTime(text);
    return time && day.match(text.trimmed()).hasMatch() ? time->addDays(1).addMSecs(-1) : time;
}

namespace {

std::optional<QDateTime> argumentBy(std::optional<QDateTime> (*read)(const QString &text), const ToolCall &call,
                                    const QString &name)
{
    const QString text = call.text(name);
    if (text.isEmpty())
        return {};
    const std::optional<QDateTime> time = read(text);
    if (!time)
        throw ApiError(ApiError::Kind::BadRequest,
                       u"%1: \"%2\" is no time. Give one %3."_s.arg(name, Text::line(text, 60), QString(TimeForms)));
    return time->toUTC();
}

} // namespace

std::optional<QDateTime> timeArgument(const ToolCall &call, const QString &name)
{
    return argumentBy(&readTime, call, name);
}

std::optional<QDateTime> endArgument(const ToolCall &call, const QString &name)
{
    return argumentBy(&readEnd, call, name);
}

} // namespace Tools
