#include "tools/kit/consequences.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/text/textdiff.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// A person reads these before they allow something: a name of a stranger's making must not push the others away.
constexpr qsizetype NameCharacters = 120;

} // namespace

QCoro::Task<std::optional<QJsonObject>> known(ToolCall call, QString path, QUrlQuery query)
{
    std::optional<QJsonObject> found;
    try {
        found = co_await call.workspace().get(path, query);
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return found;
}

QCoro::Task<std::optional<KnownItems>> knownItems(ToolCall call, QString path, QUrlQuery query, QString itemsKey,
                                                  qsizetype most)
{
    std::optional<KnownItems> found;
    try {
        const Databricks::Page page = co_await call.workspace().list(path, query, itemsKey, most);
        found = KnownItems{page.items, page.nextPageToken.isEmpty()};
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return found;
}

QString KnownItems::counted(const QString &noun) const
{
    const QString words = Tools::counted(items.size(), noun);
    return isWhole ? words : u"at least "_s + words;
}

QString counted(qint64 count, const QString &noun)
{
    if (count == 1)
        return u"1 "_s + noun;
    const QString number = count == 0 ? u"no"_s : QLocale::c().toString(count);
    const QString plural = noun.endsWith(u'y') ? QString(noun.chopped(1) + u"ies"_s) : QString(noun + u's');
    return number + u' ' + plural;
}

QString someOf(const QStringList &names, qsizetype most)
{
    QStringList shown;
    for (const QString &name : names.first(std::min(names.size(), most)))
        shown.append(Text::line(name, NameCharacters));
    const QString words = shown.join(u", "_s);
    return names.size() > most ? u"%1 and %2 more"_s.arg(words).arg(names.size() - most) : words;
}

QString agoText(qint64 milliseconds)
{
    const QString time = timeText(milliseconds);
    if (time.isEmpty())
        return {};
    const qint64 minutes = (QDateTime::currentMSecsSinceEpoch() - milliseconds) / 60'000;
    if (minutes < 0)
        return time;
    const QString span = minutes < 60        ? u"%1 min"_s.arg(minutes)
                         : minutes < 48 * 60 ? u"%1 h %2 min"_s.arg(minutes / 60).arg(minutes % 60)
                                             : u"%1 days"_s.arg(minutes / 60 / 24);
    return u"%1, %2 ago"_s.arg(time, span);
}

QString sizeText(qint64 bytes)
{
    return bytes < 1000 ? counted(bytes, u"byte"_s)
                        : QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

void addOverwrite(Calls::Consequence &consequence, const QByteArray &before, qint64 bytesBefore,
                  const QByteArray &after)
{
    const QString sizes = u"%1 there are replaced by %2."_s.arg(sizeText(bytesBefore), sizeText(after.size()));
    if (before.size() < bytesBefore || after.size() > ComparedBytes) {
        consequence.facts.append(sizes + u" They are too long to be compared here."_s);
        return;
    }
    if (before == after) {
        consequence.facts.append(u"What is there is the same, byte by byte: nothing changes."_s);
        return;
    }
    if (!isText(before) || !isText(after)) {
        consequence.facts.append(sizes + u" They are not both text and can't be compared line by line."_s);
        return;
    }
    const TextDiff diff = textDiff(QString::fromUtf8(before), QString::fromUtf8(after));
    consequence.facts.append(
        u"It removes %1 and adds %2."_s.arg(counted(diff.removed, u"line"_s), counted(diff.added, u"line"_s)));
    consequence.diff = diff.text;
}

} // namespace Tools
