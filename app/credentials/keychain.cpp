#include "credentials/keychain.h"

#include "common/oneshot.h"
#include "credentials/keychainerrors.h"
#include "credentials/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QAbstractEventDispatcher>

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

/// Starts the job and hands out what will become of it. The job belongs to nobody and deletes itself when it is done:
/// deleting a started one crashes in libsecret's callback. Whoever loses interest drops the outcome.
Async::OneShot<KeychainResult> outcomeOf(QKeychain::Job *job, const QString &key)
{
    Async::OneShot<KeychainResult> outcome;
    if (!canAnswersArrive()) {
        delete job;
        outcome.resolveQueued(keychainWithoutGlib());
        return outcome;
    }
    QObject::connect(job, &QKeychain::Job::finished, job, [outcome](const QKeychain::Job *job) {
        if (job->error() != QKeychain::NoError) {
            outcome.resolveQueued(keychainFailure(job->error(), job->errorString()));
            return;
        }
        const auto *reader = qobject_cast<const QKeychain::ReadPasswordJob *>(job);
        outcome.resolveQueued(KeychainResult(Status::Ok, QString(), reader ? reader->textData() : QString()));
    });
    job->setKey(key);
    job->start();
    return outcome;
}

QCoro::Task<KeychainResult> readEntry(QString service, QString key)
{
    const Async::OneShot<KeychainResult> read = outcomeOf(new QKeychain::ReadPasswordJob(service), key);
    const KeychainResult result = co_await read;
    if (result.status() != Status::NotFound)
        co_return result;
    const bool isLocked = co_await hasLockedEntry(service, key);
    if (isLocked)
        co_return keychainLocked();
    co_return result;
}

QCoro::Task<KeychainResult> writeEntry(QString service, QString key, QString secret)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(secret);
    const Async::OneShot<KeychainResult> write = outcomeOf(job, key);
    const KeychainResult written = co_await write;
    if (!written.isOk())
        co_return written;
    const KeychainResult kept = co_await readEntry(service, key);
    if (kept.isOk() && kept.secret() == secret)
        co_return KeychainResult();
    if (kept.isOk() || kept.status() == Status::NotFound)
        co_return keychainDidNotKeep();
    co_return kept;
}

QCoro::Task<KeychainResult> removeEntry(QString service, QString key)
{
    const Async::OneShot<KeychainResult> removal = outcomeOf(new QKeychain::DeletePasswordJob(service), key);
    const KeychainResult removed = co_await removal;
    if (!removed.isOk() && removed.status() != Status::NotFound)
        co_return removed;
    const bool isLocked = co_await hasLockedEntry(service, key);
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
    return readEntry(m_service, key);
}

QCoro::Task<KeychainResult> SystemKeychain::write(const QString &key, const QString &secret)
{
    return writeEntry(m_service, key, secret);
}

QCoro::Task<KeychainResult> SystemKeychain::remove(const QString &key)
{
    return removeEntry(m_service, key);
}

} // namespace Credentials
