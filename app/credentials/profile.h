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
    QUrl host; ///< "https://adb-….azuredatabricks.net", no path
    QString defaultClusterId;
    QString defaultWarehouseId;
    bool tokenStored = false; ///< a token was stored once: tells a locked keyring from an empty one

    bool isComplete() const { return host.isValid() && !host.host().isEmpty(); }
    /// "default@adb-….azuredatabricks.net". The host is part of it, so that a changed host never gets the old one's
    /// token.
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
    void remove(const QString &name);

private:
    Settings::Store *m_settings;
};

/// The host as a person types or pastes it: without a scheme, with a path ("…/?o=123"), upper case. An empty URL and
/// words for a person where it can't be a workspace or may not get a token (plain http to another machine).
QUrl hostFromInput(const QString &input, QString *problem);

/// What the environment says (DATABRICKS_HOST, DATABRICKS_TOKEN, DATABRICKS_CLUSTER_ID, DATABRICKS_WAREHOUSE_ID), which
/// comes before the profile in the settings.
struct EnvironmentProfile
{
    Profile profile;
    QString token;
    QString problem; ///< why it can't be used; empty when complete or absent

    bool isComplete() const { return profile.isComplete() && !token.isEmpty() && problem.isEmpty(); }
};
EnvironmentProfile profileFromEnvironment();

} // namespace Credentials

Q_DECLARE_METATYPE(Credentials::Profile)
