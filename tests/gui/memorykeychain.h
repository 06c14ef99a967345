#pragma once

#include "common/oneshot.h"
#include "credentials/keychain.h"

#include <QMap>
#include <QObject>

/// A keychain in memory that does as it is told: keeps, fails, or waits until open() as a locked keyring does.
class MemoryKeychain final : public QObject, public Credentials::Keychain
{
    Q_OBJECT

public:
    QCoro::Task<Credentials::KeychainResult> read(const QString &key) override { return answerRead(key); }
    QCoro::Task<Credentials::KeychainResult> write(const QString &key, const QString &secret) override
    {
        return answerWrite(key, secret);
    }
    QCoro::Task<Credentials::KeychainResult> remove(const QString &key) override { return answerRemove(key); }

    /// The person unlocks the keyring.
    void open()
    {
        m_locked = false;
        Q_EMIT opened();
    }

    QMap<QString, QString> m_secrets;
    Credentials::KeychainResult m_fault; ///< what every request answers unless it is ok
    bool m_locked = false;

Q_SIGNALS:
    void opened();

private:
    using Result = Credentials::KeychainResult;

    /// True when it can be used; false when it goes before.
    Async::OneShot<bool> unlocked()
    {
        Async::OneShot<bool> outcome;
        if (!m_locked)
            outcome.resolve(true);
        connect(
            this, &MemoryKeychain::opened, this, [outcome] { outcome.resolve(true); }, Qt::QueuedConnection);
        connect(this, &QObject::destroyed, this, [outcome] { outcome.resolve(false); });
        return outcome;
    }

    QCoro::Task<Result> answerRead(QString key)
    {
        const Async::OneShot<bool> unlock = unlocked();
        const bool isOpen = co_await unlock;
        if (!isOpen)
            co_return Result(Result::Status::Failed, QStringLiteral("The keychain has gone."));
        if (!m_fault.isOk())
            co_return m_fault;
        if (!m_secrets.contains(key))
            co_return Result(Result::Status::NotFound, QStringLiteral("There is no such entry."));
        co_return Result(Result::Status::Ok, {}, m_secrets.value(key));
    }

    QCoro::Task<Result> answerWrite(QString key, QString secret)
    {
        const Async::OneShot<bool> unlock = unlocked();
        const bool isOpen = co_await unlock;
        if (!isOpen)
            co_return Result(Result::Status::Failed, QStringLiteral("The keychain has gone."));
        if (m_fault.isOk())
            m_secrets.insert(key, secret);
        co_return m_fault;
    }

    QCoro::Task<Result> answerRemove(QString key)
    {
        const Async::OneShot<bool> unlock = unlocked();
        const bool isOpen = co_await unlock;
        if (!isOpen)
            co_return Result(Result::Status::Failed, QStringLiteral("The keychain has gone."));
        if (m_fault.isOk())
            m_secrets.remove(key);
        co_return m_fault;
    }
};
