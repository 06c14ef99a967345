#include "gui/tray/trayprobe.h"

#include <QTimer>

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#endif

using namespace Qt::StringLiterals;

namespace Gui {

TrayProbe::TrayProbe(QObject *parent)
    : QObject(parent)
{}

#ifdef QT_DBUS_LIB

namespace {

constexpr auto Watcher = "org.kde.StatusNotifierWatcher"_L1;
constexpr auto WatcherPath = "/StatusNotifierWatcher"_L1;
constexpr auto Properties = "org.freedesktop.DBus.Properties"_L1;

} // namespace

// With a watcher and its host on the bus the icon is a StatusNotifierItem, at once. Without, it is an XEmbed one or
// none: XEmbed trays that come later are picked up, watchers never are. So a person's own start, in a session that
// stands, takes what is there; a start with the session gives the panel its time first.
void TrayProbe::start(std::chrono::milliseconds patience)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        QTimer::singleShot(0, this, &TrayProbe::finish);
        return;
    }
    auto *watcher = new QDBusServiceWatcher(Watcher, bus, QDBusServiceWatcher::WatchForRegistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &TrayProbe::look);
    bus.connect(Watcher, WatcherPath, Watcher, u"StatusNotifierHostRegistered"_s, this, SLOT(look()));
    QTimer::singleShot(patience, this, &TrayProbe::finish);
    look();
}

void TrayProbe::look()
{
    if (m_done)
        return;
    QDBusMessage question = QDBusMessage::createMethodCall(Watcher, WatcherPath, Properties, u"Get"_s);
    question << QString(Watcher) << u"IsStatusNotifierHostRegistered"_s;
    question.setAutoStartService(false);
    auto *answer = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question, 2000), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        answer->deleteLater();
        if (reply.isValid() && reply.value().variant().toBool())
            finish();
    });
}

#else

void TrayProbe::start(std::chrono::milliseconds)
{
    QTimer::singleShot(0, this, &TrayProbe::finish);
}

void TrayProbe::look()
{}

#endif

void TrayProbe::finish()
{
    if (m_done)
        return;
    m_done = true;
    Q_EMIT ready();
}

} // namespace Gui
