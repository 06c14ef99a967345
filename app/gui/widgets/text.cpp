#include "gui/widgets/text.h"

#include "common/visible.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Gui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gui::Text", text);
}

/// As JSON writes it, surrogate by surrogate.
QString escaped(char32_t c)
{
    QString text;
    for (const QChar unit : QStringView(QChar::fromUcs4(c)))
        text += u"\\u%1"_s.arg(unit.unicode(), 4, 16, QLatin1Char('0'));
    return text;
}

/// Emoji and the scripts that are written with joiners may be read in a line that decides nothing by itself.
bool isEscaped(char32_t c)
{
    return Text::isDeceptive(c) && c != U'\u200C' && c != U'\u200D' && c != 0xFE0F &&
           QChar::category(c) != QChar::Separator_Space;
}

} // namespace

QString formatDuration(std::chrono::milliseconds duration)
{
    using Days = std::chrono::duration<qint64, std::ratio<86400>>;
    const auto span = std::max(duration, 0ms);
    if (span < 1s)
        return tr("%1 ms").arg(span.count());
    if (span < 10s)
        return tr("%1 s").arg(QLocale().toString(double(span.count()) / 1000, 'f', 1));
    if (span < 1min)
        return tr("%1 s").arg(span / 1s);
    if (span < 1h)
        return tr("%1 min %2 s").arg(span / 1min).arg(span % 1min / 1s);
    if (span < Days(1))
        return tr("%1 h %2 min").arg(span / 1h).arg(span % 1h / 1min);
    return tr("%1 d %2 h").arg(span / Days(1)).arg(span % Days(1) / 1h);
}

QString formatAge(std::chrono::milliseconds age)
{
    if (age < 1s)
        return tr("just now");
    if (age < 1min)
        return tr("%1 s ago").arg(age / 1s);
    if (age < 1h)
        return tr("%1 min ago").arg(age / 1min);
    return tr("%1 ago").arg(formatDuration(age));
}

std::chrono::milliseconds timeSince(const QDateTime &moment)
{
    return std::chrono::milliseconds(moment.msecsTo(QDateTime::currentDateTimeUtc()));
}

QString formatTime(const QDateTime &moment)
{
    const QDateTime local = moment.toLocalTime();
    const bool today = local.date() == QDate::currentDate();
    return local.toString(today ? u"HH:mm:ss"_s : u"d MMM HH:mm"_s);
}

QString formatDateTime(const QDateTime &moment)
{
    const QDateTime local = moment.toLocalTime();
    const bool thisYear = local.date().year() == QDate::currentDate().year();
    return local.toString(thisYear ? u"d MMM HH:mm:ss"_s : u"d MMM yyyy HH:mm:ss"_s);
}

QString formatSize(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString displayText(const QString &foreign, int atMost)
{
    QString line;
    const QList<uint> characters = foreign.left(4 * atMost).toUcs4();
    for (const char32_t c : characters) {
        if (line.size() >= atMost)
            return line + u'…';
        if (c == U'\n' || c == U'\t' || c == U'\r')
            line += u' ';
        else if (isEscaped(c))
            line += escaped(c);
        else
            line += QStringView(QChar::fromUcs4(c));
    }
    return line;
}

QString plainToolTip(const QString &text)
{
    return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(text.toHtmlEscaped());
}

QString prettyJson(const QJsonObject &object)
{
    if (object.isEmpty())
        return u"{}"_s;
    QString text;
    const QList<uint> characters = QString::fromUtf8(QJsonDocument(object).toJson()).trimmed().toUcs4();
    for (const char32_t c : characters) {
        if (Text::isDeceptive(c))
            text += escaped(c);
        else
            text += QStringView(QChar::fromUcs4(c));
    }
    return text;
}

QString toolTitle(const QString &tool)
{
    QString words = displayText(tool).replace(u'_', u' ');
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

} // namespace Gui
