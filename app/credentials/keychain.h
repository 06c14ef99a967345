#pragma once

#include <QCoroTask>
#include <QObject>
#include <QString>

namespace Credentials {

inline constexpr auto KeychainService = "Bricktray"; ///< what the person reads in the keychain's own window

/// What became of a keychain request, with the words for a person. QtKeychain 0.13 reports a missing Secret Service
/// as OtherError and a locked keyring as EntryNotFound or AccessDenied; keychainerrors.cpp tells them apart.
class KeychainResult
{
public:
    enum class Status { Ok, NotFound, NoService, Locked, Refused, Failed };

    KeychainResult() = default;
    KeychainResult(Status status, const QString &message, const QString &secret = {});

    bool isOk() const { return m_status == Status::Ok; }
    Status status() const { return m_status; }
    /// What happened and what to do, for a person; empty on success.
    const QString &message() const { return m_message; }
    const QString &secret() const { return m_secret; }

private:
    Status m_status = Status::Ok;
    QString m_message;
    QString m_secret;
};

/// The OS keychain, as far as this application needs it. All entries carry the service name "Bricktray". A locked
/// keyring makes a request wait for the person's unlock prompt, for as long as that takes. A keychain that goes answers
/// what still waits at once, with Failed: nobody else could end those coroutines.
class Keychain
{
public:
    virtual ~Keychain() = default;
    virtual QCoro::Task<KeychainResult> read(const QString &key) = 0;
    /// Writes and reads back: some backends report a failed write as success.
    virtual QCoro::Task<KeychainResult> write(const QString &key, const QString &secret) = 0;
    virtual QCoro::Task<KeychainResult> remove(const QString &key) = 0;
};

/// The person's own keychain, through QtKeychain; never with its insecure fallback. Wants the GLib event dispatcher on
/// Linux and is used from the main thread.
class SystemKeychain final : public Keychain
{
public:
    explicit SystemKeychain(const QString &service = QString::fromLatin1(KeychainService));

    QCoro::Task<KeychainResult> read(const QString &key) override;
    QCoro::Task<KeychainResult> write(const QString &key, const QString &secret) override;
    QCoro::Task<KeychainResult> remove(const QString &key) override;

private:
    QString m_service;
    QObject m_life; ///< requests end with it
};

} // namespace Credentials
