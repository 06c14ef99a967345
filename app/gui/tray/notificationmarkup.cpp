#include "gui/tray/notificationmarkup.h"

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

using namespace Qt::StringLiterals;

namespace Gui {

#ifdef QT_DBUS_LIB

NotificationMarkup::NotificationMarkup(QObject *parent)
    : QObject(parent)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    const QString name = u"org.freedesktop.Notifications"_s;
    const QDBusMessage question =
        QDBusMessage::createMethodCall(name, u"/org/freedesktop/Notifications"_s, name, u"GetCapabilities"_s);
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question, 5000), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QStringList> reply = *answer;
        answer->deleteLater();
        if (reply.isValid())
            m_isMarkup = reply.value().contains(u"body-markup"_s);
    });
}

#else

NotificationMarkup::NotificationMarkup(QObject *parent)
    : QObject(parent)
    , m_isMarkup(false)
{}

#endif

} // namespace Gui
