#include "accesskeysource.h"

#include "credentials/accesskey.h"

#include <QPointer>

using Credentials::KeychainResult;

namespace {

const QString Entry = QString::fromLatin1(Credentials::AccessKeyEntry);

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
    m_isKnown = false;
    m_isRequired = !m_isOff &&
                   (m_isReachable || !m_given.isEmpty() || m_settings->value(Settings::Key::RequireAccessKey).toBool());
    if (!m_isRequired) {
        m_key.clear();
    } else if (!m_given.isEmpty()) {
        m_key = m_given;
    } else if (m_key.isEmpty() || !m_problem.isEmpty()) {
        askKeychain();
        return;
    }
    finishLoading();
}

QCoro::Task<> AccessKeySource::askKeychain()
{
    const QPointer<AccessKeySource> self(this);
    const KeychainResult stored = co_await m_keychain->read(Entry);
    if (!self)
        co_return;
    const QByteArray key = m_key.isEmpty() ? Credentials::newAccessKey() : m_key;
    // Where the keychain is locked the key is in there still: one that clients know must not be replaced.
    if (stored.isOk() && !stored.secret().isEmpty())
        keep(stored.secret().toLatin1());
    else if (stored.isOk() || stored.status() == KeychainResult::Status::NotFound)
        co_await store(key);
    else
        keep(key, stored.message());
    if (self)
        finishLoading();
}

QCoro::Task<> AccessKeySource::store(QByteArray key)
{
    const QPointer<AccessKeySource> self(this);
    const KeychainResult written = co_await m_keychain->write(Entry, QString::fromLatin1(key));
    if (self)
        keep(key, written.isOk() ? QString() : written.message());
}

void AccessKeySource::replace()
{
    if (!m_given.isEmpty() || !m_isRequired)
        return;
    store(Credentials::newAccessKey()).then([self = QPointer(this)] {
        if (self)
            Q_EMIT self->replaced();
    });
}

/// With a problem the key holds for this run only.
void AccessKeySource::keep(const QByteArray &key, const QString &problem)
{
    const bool isNews = key != m_key || problem != m_problem;
    m_key = key;
    m_problem = problem;
    if (isNews)
        Q_EMIT changed();
}

void AccessKeySource::finishLoading()
{
    m_isKnown = true;
    Q_EMIT loaded();
}
