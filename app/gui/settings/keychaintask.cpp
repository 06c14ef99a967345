#include "gui/settings/keychaintask.h"

#include <QPointer>

namespace Gui {

using Credentials::KeychainResult;

KeychainTask::KeychainTask(Credentials::Keychain *keychain, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, this, &KeychainTask::waiting);
}

void KeychainTask::read(const QString &key)
{
    follow(m_keychain->read(key));
}

void KeychainTask::write(const QString &key, const QString &secret)
{
    follow(m_keychain->write(key, secret));
}

void KeychainTask::remove(const QString &key)
{
    follow(m_keychain->remove(key));
}

void KeychainTask::giveUp()
{
    ++m_generation;
    m_patience.stop();
}

void KeychainTask::follow(QCoro::Task<KeychainResult> request)
{
    const int generation = ++m_generation;
    m_patience.start();
    request.then([self = QPointer(this), generation](const KeychainResult &result) {
        if (!self)
            return;
        // Queued: a keychain that answers at once must not finish the request before its caller has returned.
        const auto tell = [self, generation, result] {
            if (generation != self->m_generation)
                return;
            self->m_patience.stop();
            Q_EMIT self->finished(result);
        };
        QMetaObject::invokeMethod(self.data(), tell, Qt::QueuedConnection);
    });
}

} // namespace Gui
