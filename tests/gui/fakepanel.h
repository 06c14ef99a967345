#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QStringList>

/// Takes notifications, as a desktop does.
class FakeNotifications : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    using QObject::QObject;

public Q_SLOTS:
    uint Notify(const QString &, uint, const QString &, const QString &title, const QString &, const QStringList &,
                const QVariantMap &, int)
    {
        Q_EMIT notified(title);
        return ++m_count;
    }
    QStringList GetCapabilities() { return {QStringLiteral("body")}; }

Q_SIGNALS:
    void notified(const QString &title);

private:
    uint m_count = 0;
};

/// A panel's side of the tray protocol, on a connection of its own. Lives in a thread of its own too: Qt asks it in
/// blocking calls.
/// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
class FakePanel : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered MEMBER m_hasHost)

public:
    FakePanel()
        : m_notifications(new FakeNotifications(this))
    {}

    QDBusConnection bus() const { return m_bus; }
    FakeNotifications *notifications() const { return m_notifications; }

    void begin()
    {
        m_bus.registerObject(QStringLiteral("/StatusNotifierWatcher"), this, QDBusConnection::ExportAllContents);
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), m_notifications,
                             QDBusConnection::ExportAllContents);
        m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }

    void showWatcher() { m_bus.registerService(QStringLiteral("org.kde.StatusNotifierWatcher")); }

    void showHost()
    {
        m_hasHost = true;
        Q_EMIT StatusNotifierHostRegistered();
    }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service) { Q_EMIT itemRegistered(service); }

Q_SIGNALS:
    void StatusNotifierHostRegistered();
    void itemRegistered(const QString &service);

private:
    QDBusConnection m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("panel"));
    FakeNotifications *m_notifications;
    bool m_hasHost = false;
};
