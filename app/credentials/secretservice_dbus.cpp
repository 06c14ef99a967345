#include "credentials/secretservice.h"

#include "common/oneshot.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <chrono>

namespace Credentials {

using namespace Qt::StringLiterals;

namespace {

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

constexpr std::chrono::milliseconds Patience = std::chrono::seconds(3);

Async::OneShot<bool> searchLocked(const Attributes &attributes, QPointer<QObject> owner)
{
    Async::OneShot<bool> found;
    if (!owner) {
        found.resolve(false);
        return found;
    }
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage search = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                         u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    search.setArguments({QVariant::fromValue(attributes)});
    search.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(search, int(Patience.count())));
    const auto end = QObject::connect(owner, &QObject::destroyed, owner, [found] { found.resolve(false); });
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, found, owner, end] {
        const QDBusPendingReply<Paths, Paths> unlockedAndLocked = *watcher;
        const bool isLocked = unlockedAndLocked.isValid() && !unlockedAndLocked.argumentAt<1>().isEmpty();
        watcher->deleteLater();
        if (!owner)
            return;
        const auto resolve = [found, end, isLocked] {
            QObject::disconnect(end);
            found.resolve(isLocked);
        };
        QMetaObject::invokeMethod(owner.data(), resolve, Qt::QueuedConnection);
    });
    return found;
}

} // namespace

QCoro::Task<bool> hasLockedEntry(QPointer<QObject> owner, QString service, QString key)
{
    // As QtKeychain names them in its schema.
    const Attributes attributes{{u"server"_s, service}, {u"user"_s, key}, {u"xdg:schema"_s, u"org.qt.keychain"_s}};
    const Async::OneShot<bool> found = searchLocked(attributes, owner);
    co_return co_await found;
}

} // namespace Credentials
