#pragma once

#include "settings/settings.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

namespace Credentials {

/// How to reach a workspace. The token is not here: it lies in the keychain under keychainKey().
struct Profile
{
    QString name = QStringLiteral("default");
    QUrl
        host; ///< "https://adb-….azuredatabricks.net", no path; "https://host?o=123" where it serves several workspaces
    QString defaultClusterId;
    QString defaultWarehouseId;
    bool tokenStored = false; ///< a token was stored once: tells a locked keyring from an empty one

    bool isComplete() const { return host.isValid() && !host.host().isEmpty(); }
    /// "default@adb-….azuredatabricks.net". The host and the workspace's number are part of it, so that a changed one
    /// never gets the old one's token.
    QString keychainKey() const;

    bool operator==(const Profile &) const = default;
};

/// The profiles in the settings.
class Profiles
{
public:
    explicit Profiles(Settings::Store *settings);

    QStringList names() const;
    Profile profile(const QString &name) const;
    Profile active() const;
    void save(const Profile &profile);

private:
    Settings::Store *m_settings;
};

} // namespace Credentials

Q_DECLARE_METATYPE(Credentials::Profile)
