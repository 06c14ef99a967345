#include "tools/files/fileconsequence.h"

#include "tools/files/volumepath.h"
#include "tools/kit/consequences.h"

using namespace Qt::StringLiterals;
using Calls::Consequence;
using Databricks::ApiError;

namespace Tools {

namespace {

/// So many entries of its folder are looked through for a file's time.
constexpr qsizetype MostEntries = 1000;

/// What stands at a path: its beginning.
struct Found
{
    bool isKnown = false;
    bool isThere = false;
    QByteArray bytes;
    qint64 total = 0;
};

QCoro::Task<Found> whatIsThere(ToolCall call, QString address)
{
    Found found;
    try {
        const QUrlQuery none;
        const Databricks::Content content =
            co_await call.workspace().getBytes(u"/api/2.0/fs/files"_s + address, none, 0, ComparedBytes - 1);
        found.isKnown = content.total >= 0;
        found.isThere = true;
        found.bytes = content.bytes;
        found.total = content.total;
    } catch (const ApiError &error) {
        found.isKnown = error.kind() == ApiError::Kind::NotFound;
    }
    co_return found;
}

/// The file's entry in the list of its folder.
QCoro::Task<std::optional<QJsonObject>> entryOf(ToolCall call, QString path, QString address)
{
    const QString folder = u"/api/2.0/fs/directories"_s + address.section(u'/', 0, -2);
    const QUrlQuery query{{u"page_size"_s, u"1000"_s}};
    const QString key = u"contents"_s;
    const std::optional<KnownItems> entries = co_await knownItems(call, folder, query, key, MostEntries);
    std::optional<QJsonObject> entry;
    for (const QJsonValue value : entries.value_or(KnownItems()).items) {
        if (value["path"_L1].toString() == path)
            entry = value.toObject();
    }
    co_return entry;
}

QString timeWords(const std::optional<QJsonObject> &entry)
{
    const QString time = entry ? agoText(entry->value("last_modified"_L1).toInteger()) : QString();
    return time.isEmpty() ? u"When it was last changed is not known."_s : u"It was last changed %1."_s.arg(time);
}

} // namespace

QCoro::Task<Consequence> writingOfVolumeFile(ToolCall call)
{
    const QString path = volumePath(call.text(u"path"_s));
    const QString address = volumeAddress(path);
    const QByteArray after = contentToWrite(call).value_or(QByteArray());
    QCoro::Task<std::optional<QJsonObject>> readingEntry = entryOf(call, path, address);
    const Found found = co_await whatIsThere(call, address);
    const std::optional<QJsonObject> entry = co_await readingEntry;
    Consequence consequence;
    if (!found.isKnown) {
        consequence.facts.append(u"What is there now is not known."_s);
        co_return consequence;
    }
    if (!found.isThere) {
        consequence.facts.append(u"There is no such file yet: nothing is replaced."_s);
        co_return consequence;
    }
    if (!call.flag(u"overwrite"_s)) {
        consequence.facts.append(u"There is such a file: without overwrite it is left as it is."_s);
        co_return consequence;
    }
    addOverwrite(consequence, found.bytes, found.total, after);
    consequence.facts.append(timeWords(entry));
    consequence.facts.append(u"What is replaced can't be brought back."_s);
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfVolumeFile(ToolCall call)
{
    const QString path = volumePath(call.text(u"path"_s));
    const QString address = volumeAddress(path);
    const std::optional<QJsonObject> entry = co_await entryOf(call, path, address);
    Consequence consequence;
    consequence.facts.append(entry ? u"It holds %1."_s.arg(sizeText(entry->value("file_size"_L1).toInteger()))
                                   : u"How large it is is not known."_s);
    consequence.facts.append(timeWords(entry));
    consequence.facts.append(u"It can't be brought back."_s);
    co_return consequence;
}

} // namespace Tools
