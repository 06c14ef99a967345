#include "gui/tray/notificationmarkup.h"

#include <QDBusConnection>
#include <QTest>

using namespace Qt::StringLiterals;
using Gui::NotificationMarkup;

/// Says what it can do, as a desktop does.
class Notifications : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList m_capabilities;
    int m_asked = 0;

public Q_SLOTS:
    QStringList GetCapabilities()
    {
        ++m_asked;
        return m_capabilities;
    }
};

class TestNotificationMarkup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foreignTextIsShownAsItStands();
};

void TestNotificationMarkup::foreignTextIsShownAsItStands()
{
    const QString foreign = u"<a href='http://x'>Approve</a> & <b>go</b>"_s;
    QDBusConnection desktop = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s);
    Notifications notifications;
    QVERIFY(
        desktop.registerObject(u"/org/freedesktop/Notifications"_s, &notifications, QDBusConnection::ExportAllSlots));
    QVERIFY(desktop.registerService(u"org.freedesktop.Notifications"_s));

    notifications.m_capabilities = {u"body"_s};
    const NotificationMarkup plain;
    QVERIFY2(!plain.body(foreign).contains(u'<'), "it might be markup until the desktop has answered");
    QTRY_COMPARE(plain.body(foreign), foreign);

    notifications.m_capabilities = {u"body"_s, u"body-markup"_s};
    const NotificationMarkup markup;
    QTRY_COMPARE(notifications.m_asked, 2);
    QVERIFY(!markup.body(foreign).contains(u'<'));
    QCOMPARE(markup.body(u"a < b"_s), u"a &lt; b"_s);
    QDBusConnection::disconnectFromBus(u"desktop"_s);
}

QTEST_GUILESS_MAIN(TestNotificationMarkup)
#include "tst_notificationmarkup.moc"
