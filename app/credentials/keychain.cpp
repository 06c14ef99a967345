#include "credentials/keychain.h"

#include "common/oneshot.h"
#include "credentials/keychainerrors.h"
#include "credentials/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QAbstractEventDispatcher>
#include <QPointer>

namespace Credentials {

namespace {

using Status = KeychainResult::Status;

bool canAnswersArrive()
{
#ifdef Q_OS_LINUX
    const QAbstractEventDispatcher *loop = QAbstractEventDispatcher::instance();
    return loop && QByteArray(loop->metaObject()->className()).contains("Glib");
#else
    return true;
#endif
}

KeychainResult outcomeOf(const QKeychain::Job *job)
{
    if (job->error() != QKeychain::NoError)
        return keychainFailure(job->error(), job->errorString());
    const auto *reader = qobject_cast<const QKeychain::ReadPasswordJob *>(job);
    return KeychainResult(Status::Ok, QString(), reader ? reader->textData() : QString());
}

/// Starts the job and hands out what will become of it. The job belongs to nobody and deletes itself when it is done:
/// deleting a started one crashes in libsecret's callback. Who waits for it waits no longer than the owner lives: when
/// that goes, no event loop may come any more.
Async::OneShot<KeychainResult> start(QKeychain::Job *job, const QString &key, QPointer<QObject> owner)
{
    Async::OneShot<KeychainResult> outcome;
    if (!owner || !canAnswersArrive()) {
        delete job;
        outcome.resolve(owner ? keychainWithoutGlib() : KeychainResult(Status::Failed, QString()));
        return outcome;
    }
    const auto end = QObject::connect(owner, &QObject::destroyed, owner,
                                      [outcome] { outcome.resolve(KeychainResult(Status::Failed, QString())); });
    QObject::connect(job, &QKeychain::Job::finished, job, [outcome, owner, end](const QKeychain::Job *job) {
        if (!owner)
            return;
        const auto resolve = [outcome, end, result = outcomeOf(job)] {
            QObject::disconnect(end);
            outcome.resolve(result);
        };
        // From the event loop: what waits goes on outside of the library.
        QMetaObject::invokeMethod(owner.data(), resolve, Qt::QueuedConnection);
    });
    job->setKey(key);
    job->start();
    return outcome;
}

QCoro::Task<KeychainResult> readEntry(QPointer<QObject> owner, QString service, QString key)
{
    const Async::OneShot<KeychainResult> read = start(new QKeychain::ReadPasswordJob(service), key, owner);
    const KeychainResult result = co_await read;
    if (result.status() != Status::NotFound)
        co_return result;
    const bool isLocked = co_await hasLockedEntry(owner, service, key);
    if (isLocked)
        co_return keychainLocked();
    co_return result;
}

QCoro::Task<KeychainResult> writeEntry(QPointer<QObject> owner, QString service, QString key, QString secret)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(secret);
    const Async::OneShot<KeychainResult> write = start(job, key, owner);
    const KeychainResult written = co_await write;
    if (!written.isOk())
        co_return written;
    const KeychainResult kept = co_await readEntry(owner, service, key);
    if (kept.isOk() && kept.secret() == secret)
        co_return KeychainResult();
    if (kept.isOk() || kept.status() == Status::NotFound)
        co_return keychainDidNotKeep();
    co_return kept;
}

QCoro::Task<KeychainResult> removeEntry(QPointer<QObject> owner, QString service, QString key)
{
    const Async::OneShot<KeychainResult> removal = start(new QKeychain::DeletePasswordJob(service), key, owner);
    const KeychainResult removed = co_await removal;
    if (!removed.isOk() && removed.status() != Status::NotFound)
        co_return removed;
    const bool isLocked = co_await hasLockedEntry(owner, service, key);
    if (isLocked)
        co_return keychainLocked();
    co_return KeychainResult();
}

} // namespace

SystemKeychain::SystemKeychain(const QString &service)
    : m_service(service)
{}

QCoro::Task<KeychainResult> SystemKeychain::read(const QString &key)
{
    return readEntry(&m_life, m_service, key);
}

QCoro::Task<KeychainResult> SystemKeychain::write(const QString &key, const QString &secret)
{
    return writeEntry(&m_life, m_service, key, secret);
}

QCoro::Task<KeychainResult> SystemKeychain::remove(const QString &key)
{
    return removeEntry(&m_life, m_service, key);
}

} // namespace Credentials
