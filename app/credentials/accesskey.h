#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace Credentials {

/// What one client shows to our own port. Its name is a person's; with it go the client's calls, grants and limits.
struct AccessKey
{
    QString name;
    QByteArray key;
    QDateTime made = {}; ///< UTC; invalid where that was not noted

    bool operator==(const AccessKey &) const = default;
};

using AccessKeys = QList<AccessKey>;

/// The key that is there from the first start on: the window hands it out, and the program's own relay shows it.
inline constexpr auto DefaultKeyName = "default";
/// More keys than this are not made: all of them are one entry of the keychain, and Windows takes no longer one.
inline constexpr qsizetype MostAccessKeys = 16;
inline constexpr qsizetype LongestKeyName = 40; ///< in characters

/// A new access key for our own port: 256 random bits, base64url, prefixed so that a person recognises it.
QByteArray newAccessKey();
AccessKey newAccessKey(const QString &name);

inline constexpr auto AccessKeyEntry = "access-key"; ///< its key in the keychain

/// All keys as one text for the keychain: written and replaced at once, or not at all.
QString keptAccessKeys(const AccessKeys &keys);
/// The keys of that text. One that is no JSON is a single key, the default one, as earlier versions kept it. Nothing
/// where it can't be understood.
std::optional<AccessKeys> readAccessKeys(const QString &kept);

/// Null where there is none of this name.
const AccessKey *findAccessKey(const AccessKeys &keys, const QString &name);

} // namespace Credentials
