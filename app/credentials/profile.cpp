#include "credentials/profile.h"

#include "credentials/hostinput.h"

namespace Credentials {

using namespace Qt::StringLiterals;

namespace {

const QString Kind = u"Profiles"_s;
const QString Host = u"Host"_s;
const QString DefaultCluster = u"DefaultCluster"_s;
const QString DefaultWarehouse = u"DefaultWarehouse"_s;
const QString TokenStored = u"TokenStored"_s;

} // namespace

QString Profile::keychainKey() const
{
    const QString place = name + u'@' + host.authority(QUrl::FullyEncoded);
    return host.hasQuery() ? QString(place + u'?' + host.query(QUrl::FullyEncoded)) : place;
}

Profiles::Profiles(Settings::Store *settings)
    : m_settings(settings)
{}

QStringList Profiles::names() const
{
    return m_settings->groups(Kind);
}

Profile Profiles::profile(const QString &name) const
{
    const QVariantMap values = m_settings->group(Kind, name);
    QString problem;
    Profile profile;
    profile.name = name;
    // Checked like something typed: a file can be edited.
    profile.host = hostFromInput(values.value(Host).toString(), &problem);
    profile.defaultClusterId = values.value(DefaultCluster).toString();
    profile.defaultWarehouseId = values.value(DefaultWarehouse).toString();
    profile.tokenStored = values.value(TokenStored).toBool();
    return profile;
}

Profile Profiles::active() const
{
    return profile(m_settings->value(Settings::Key::ActiveProfile).toString());
}

void Profiles::save(const Profile &profile)
{
    m_settings->setGroup(Kind, profile.name,
                         {{Host, profile.host.toString(QUrl::FullyEncoded)},
                          {DefaultCluster, profile.defaultClusterId},
                          {DefaultWarehouse, profile.defaultWarehouseId},
                          {TokenStored, profile.tokenStored}});
}

} // namespace Credentials
