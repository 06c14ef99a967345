#include "accesskeysource.h"

#include "common/visible.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;
using Credentials::AccessKey;
using Credentials::AccessKeys;
using Credentials::KeychainResult;

namespace {

const QString Entry = QString::fromLatin1(Credentials::AccessKeyEntry);
const QString Default = QString::fromLatin1(Credentials::DefaultKeyName);

} // namespace

AccessKeySource::AccessKeySource(const CommandLine &commandLine, const Settings::Store *settings,
                                 Credentials::Keychain *keychain, QObject *parent)
    : QObject(parent)
    , m_given(commandLine.accessKey)
    , m_isOff(commandLine.noAccessKey)
    , m_isReachable(!commandLine.isLoopback())
    , m_settings(settings)
    , m_keychain(keychain)
{}

void AccessKeySource::load()
{
    m_isRequired = !m_isOff &&
                   (m_isReachable || !m_given.isEmpty() || m_settings->value(Settings::Key::RequireAccessKey).toBool());
    if (!m_isRequired) {
        m_keys.clear();
    } else if (!m_given.isEmpty()) {
        m_keys = {{.name = Default, .key = m_given}};
    } else if (m_keys.isEmpty() || !m_problem.isEmpty()) {
        m_isKnown = false;
        synchronise();
        return;
    }
    finishLoading();
}

QByteArray AccessKeySource::key() const
{
    const AccessKey *key = Credentials::findAccessKey(m_keys, Default);
    return key ? key->key : QByteArray();
}

void AccessKeySource::replace()
{
    if (!isEditable())
        return;
    AccessKeys keys{Credentials::newAccessKey(Default)};
    for (const AccessKey &key : std::as_const(m_keys)) {
        if (key.name != Default)
            keys << key;
    }
    m_void << Default;
    keep(keys, m_problem);
    synchronise();
}

QByteArray AccessKeySource::make(const QString &name)
{
    const QString shown = Text::line(name, Credentials::LongestKeyName).trimmed();
    const bool isFree =
        shown == name && !name.isEmpty() && name != Default && !Credentials::findAccessKey(m_keys, name);
    if (!isEditable() || !m_isKnown || !isFree || m_keys.size() >= Credentials::MostAccessKeys)
        return {};
    const AccessKey key = Credentials::newAccessKey(name);
    m_void << name; // whatever the keychain has under it is another client's
    keep(m_keys + AccessKeys{key}, m_problem);
    synchronise();
    return key.key;
}

void AccessKeySource::revoke(const QString &name)
{
    if (!isEditable() || name == Default || !Credentials::findAccessKey(m_keys, name))
        return;
    AccessKeys keys = m_keys;
    keys.removeIf([&name](const AccessKey &key) { return key.name == name; });
    m_void << name;
    keep(keys, m_problem);
    synchronise();
}

/// What the keychain has, without what was revoked meanwhile, and with what it has not.
AccessKeys AccessKeySource::merged(const AccessKeys &stored) const
{
    AccessKeys keys = stored;
    keys.removeIf([this](const AccessKey &key) { return m_void.contains(key.name); });
    for (const AccessKey &key : m_keys) {
        if (!Credentials::findAccessKey(keys, key.name))
            keys << key;
    }
    if (!Credentials::findAccessKey(keys, Default))
        keys << Credentials::newAccessKey(Default);
    std::stable_partition(keys.begin(), keys.end(), [](const AccessKey &key) { return key.name == Default; });
    return keys;
}

/// Reads what the keychain has and writes what is to be kept; again where that changed meanwhile. Where the keychain is
/// locked the keys are in there still: those that clients know must not be overwritten.
QCoro::Task<> AccessKeySource::synchronise()
{
    m_isNews = true;
    if (m_isAsking)
        co_return;
    const QPointer<AccessKeySource> self(this);
    m_isAsking = true;
    while (std::exchange(m_isNews, false)) {
        const KeychainResult stored = co_await m_keychain->read(Entry);
        if (!self)
            co_return;
        const bool isReadable = stored.isOk() || stored.status() == KeychainResult::Status::NotFound;
        const std::optional<AccessKeys> known =
            Credentials::readAccessKeys(stored.isOk() ? stored.secret() : QString());
        if (!isReadable || !known) {
            const QString unreadable = tr("What the keychain has as access keys can't be understood.");
            keep(merged({}), isReadable ? unreadable : stored.message());
            continue;
        }
        const AccessKeys wanted = merged(*known);
        QString problem;
        if (wanted != *known) {
            const QString text = Credentials::keptAccessKeys(wanted);
            const KeychainResult written = co_await m_keychain->write(Entry, text);
            if (!self)
                co_return;
            problem = written.message();
        }
        if (m_isNews)
            continue;
        if (problem.isEmpty())
            m_void.clear();
        keep(wanted, problem);
    }
    m_isAsking = false;
    finishLoading();
}

void AccessKeySource::keep(const AccessKeys &keys, const QString &problem)
{
    const bool isOther = keys != m_keys || problem != m_problem;
    m_keys = keys;
    m_problem = problem;
    if (isOther)
        Q_EMIT changed();
}

void AccessKeySource::finishLoading()
{
    m_isKnown = true;
    Q_EMIT loaded();
}
