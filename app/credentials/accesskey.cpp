#include "credentials/accesskey.h"

#include "common/bytes.h"
#include "common/visible.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Credentials {

namespace {

std::optional<AccessKey> readAccessKey(const QJsonObject &entry)
{
    const AccessKey key{.name = Text::line(entry.value("name"_L1).toString(), LongestKeyName),
                        .key = entry.value("key"_L1).toString().toLatin1(),
                        .made = QDateTime::fromString(entry.value("made"_L1).toString(), Qt::ISODate)};
    return key.name.isEmpty() || key.key.isEmpty() ? std::nullopt : std::optional(key);
}

} // namespace

QByteArray newAccessKey()
{
    return "bricktray_" + Bytes::base64Url(Bytes::random(32));
}

AccessKey newAccessKey(const QString &name)
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    now.setTime(QTime(now.time().hour(), now.time().minute(), now.time().second()));
    return {.name = name, .key = newAccessKey(), .made = now};
}

QString keptAccessKeys(const AccessKeys &keys)
{
    QJsonArray entries;
    for (const AccessKey &key : keys) {
        QJsonObject entry{{u"name"_s, key.name}, {u"key"_s, QString::fromLatin1(key.key)}};
        if (key.made.isValid())
            entry["made"_L1] = key.made.toString(Qt::ISODate);
        entries << entry;
    }
    return QString::fromUtf8(QJsonDocument(entries).toJson(QJsonDocument::Compact));
}

std::optional<AccessKeys> readAccessKeys(const QString &kept)
{
    const QString text = kept.trimmed();
    if (!text.startsWith(u'[')) {
        if (text.isEmpty())
            return AccessKeys();
        return AccessKeys{{.name = QString::fromLatin1(DefaultKeyName), .key = text.toLatin1()}};
    }
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return std::nullopt;
    AccessKeys keys;
    for (const QJsonValue &entry : document.array()) {
        const std::optional<AccessKey> key = readAccessKey(entry.toObject());
        if (!key || findAccessKey(keys, key->name))
            return std::nullopt;
        keys << *key;
    }
    return keys;
}

const AccessKey *findAccessKey(const AccessKeys &keys, const QString &name)
{
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&name](const AccessKey &key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

} // namespace Credentials
