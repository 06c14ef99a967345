#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingReply>
#include <QStringList>
#include <QTest>
#include <QVariantMap>

/// A tray icon as a panel sees and uses it.
/// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierItem/
class TrayItem
{
public:
    TrayItem(const QDBusConnection &bus, const QString &service)
        : m_bus(bus)
        , m_service(service)
    {}

    QVariant property(const QString &name) const
    {
        QDBusMessage question = call(QStringLiteral("/StatusNotifierItem"),
                                     QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
        question << QStringLiteral("org.kde.StatusNotifierItem") << name;
        return QDBusPendingReply<QDBusVariant>(ask(question)).value().variant();
    }

    QString toolTip() const
    {
        const QDBusArgument argument = property(QStringLiteral("ToolTip")).value<QDBusArgument>();
        QString iconName;
        QString title;
        argument.beginStructure();
        argument >> iconName;
        argument.beginArray();
        while (!argument.atEnd()) {
            argument.beginStructure();
            argument.endStructure();
        }
        argument.endArray();
        argument >> title;
        argument.endStructure();
        return title;
    }

    /// The bytes of its icon in all sizes.
    QByteArray icon() const
    {
        const QDBusArgument argument = property(QStringLiteral("IconPixmap")).value<QDBusArgument>();
        QByteArray all;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray bytes;
            argument.beginStructure();
            argument >> width >> height >> bytes;
            argument.endStructure();
            all += bytes;
        }
        argument.endArray();
        return all;
    }

    void activate() const
    {
        QDBusMessage activate = call(QStringLiteral("/StatusNotifierItem"),
                                     QStringLiteral("org.kde.StatusNotifierItem"), QStringLiteral("Activate"));
        activate << 0 << 0;
        ask(activate);
    }

    /// The number of the visible entry with this label, in a submenu too, or -1.
    int menuItem(const QString &label) const
    {
        QDBusMessage question =
            call(QStringLiteral("/MenuBar"), QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("GetLayout"));
        question << 0 << -1 << QStringList();
        return entryIn(ask(question).arguments().value(1).value<QDBusArgument>(), label);
    }

    void clickMenu(const QString &label) const
    {
        const int id = menuItem(label);
        QVERIFY2(id > 0, qPrintable(label));
        QDBusMessage event =
            call(QStringLiteral("/MenuBar"), QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("Event"));
        event << id << QStringLiteral("clicked") << QVariant::fromValue(QDBusVariant(0)) << 0U;
        ask(event);
    }

private:
    /// A menu's entry is its number, its properties and its own entries.
    static int entryIn(const QDBusArgument &entry, const QString &label)
    {
        int id = 0;
        QVariantMap properties;
        entry.beginStructure();
        entry >> id >> properties;
        const QString words = properties.value(QStringLiteral("label")).toString().remove(QLatin1Char('_'));
        const bool isVisible = properties.value(QStringLiteral("visible"), true).toBool();
        int found = words == label && isVisible ? id : -1;
        entry.beginArray();
        while (!entry.atEnd()) {
            QDBusVariant child;
            entry >> child;
            const int inside = entryIn(child.variant().value<QDBusArgument>(), label);
            found = inside > 0 ? inside : found;
        }
        entry.endArray();
        entry.endStructure();
        return found;
    }

    QDBusMessage call(const QString &path, const QString &interface, const QString &method) const
    {
        return QDBusMessage::createMethodCall(m_service, path, interface, method);
    }

    QDBusMessage ask(const QDBusMessage &question) const
    {
        // Both ends live in this thread: a blocking call would wait for itself.
        const QDBusPendingCall pending = m_bus.asyncCall(question);
        [&pending] { QTRY_VERIFY(pending.isFinished()); }();
        return pending.reply();
    }

    QDBusConnection m_bus;
    QString m_service;
};
