#include "gui/widgets/words.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gui::Words", text);
}

bool isDeceptive(QChar c)
{
    return c.category() == QChar::Other_Format || c.category() == QChar::Other_Control ||
           c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
}

QString escaped(QChar c)
{
    return u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
}

} // namespace

QString spanWords(qint64 milliseconds)
{
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    const qint64 span = qMax<qint64>(0, milliseconds);
    if (span < second)
        return tr("%1 ms").arg(span);
    if (span < 10 * second)
        return tr("%1 s").arg(QLocale().toString(double(span) / second, 'f', 1));
    if (span < minute)
        return tr("%1 s").arg(span / second);
    if (span < hour)
        return tr("%1 min %2 s").arg(span / minute).arg(span % minute / second);
    if (span < day)
        return tr("%1 h %2 min").arg(span / hour).arg(span % hour / minute);
    return tr("%1 d %2 h").arg(span / day).arg(span % day / hour);
}

QString agoWords(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 1)
        return tr("just now");
    if (seconds < 60)
        return tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    return tr("%1 ago").arg(spanWords(milliseconds));
}

QString bytesWords(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString outcomeWords(Calls::Outcome outcome)
{
    static const QHash<Calls::Outcome, const char *> words{
        {Calls::Outcome::Running, QT_TRANSLATE_NOOP("Gui::Words", "running")},
        {Calls::Outcome::Waiting, QT_TRANSLATE_NOOP("Gui::Words", "waiting")},
        {Calls::Outcome::Succeeded, QT_TRANSLATE_NOOP("Gui::Words", "succeeded")},
        {Calls::Outcome::Failed, QT_TRANSLATE_NOOP("Gui::Words", "failed")},
        {Calls::Outcome::Refused, QT_TRANSLATE_NOOP("Gui::Words", "refused")},
        {Calls::Outcome::Cancelled, QT_TRANSLATE_NOOP("Gui::Words", "cancelled")}};
    return tr(words.value(outcome));
}

QString toolWords(const QString &tool)
{
    QString words = shown(tool).replace(u'_', u' ');
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

QString shown(const QString &foreign, int atMost)
{
    QString line;
    for (const QChar c : foreign) {
        if (line.size() >= atMost)
            return line + u'…';
        if (c == u'\n' || c == u'\t' || c == u'\r')
            line += u' ';
        else if (isDeceptive(c))
            line += escaped(c);
        else
            line += c;
    }
    return line;
}

QString prettyJson(const QJsonObject &object)
{
    if (object.isEmpty())
        return u"{}"_s;
    QString text;
    for (const QChar c : QString::fromUtf8(QJsonDocument(object).toJson()).trimmed())
        text += c != u'\n' && isDeceptive(c) ? escaped(c) : QString(c);
    return text;
}

} // namespace Gui
