#pragma once

#include "credentials/keychain.h"

#include <QCoroSignal>
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

    QCoro::Task<Result> answerRead(QString key)
    {
        if (m_locked)
            co_await qCoro(this, &MemoryKeychain::opened);
        if (!m_fault.isOk())
            co_return m_fault;
        if (!m_secrets.contains(key))
            co_return Result(Result::Status::NotFound, QStringLiteral("There is no such entry."));
        co_return Result(Result::Status::Ok, {}, m_secrets.value(key));
    }

    QCoro::Task<Result> answerWrite(QString key, QString secret)
    {
        if (m_locked)
            co_await qCoro(this, &MemoryKeychain::opened);
        if (m_fault.isOk())
            m_secrets.insert(key, secret);
        co_return m_fault;
    }

    QCoro::Task<Result> answerRemove(QString key)
    {
        if (m_locked)
            co_await qCoro(this, &MemoryKeychain::opened);
        if (m_fault.isOk())
            m_secrets.remove(key);
        co_return m_fault;
    }
};
