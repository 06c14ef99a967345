#include "shell/sessionlock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

/// logind, as far as it is asked. The bus of the test is session's and system's at once.
class Login : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    QStringList m_asked;

public Q_SLOTS:
    QDBusObjectPath GetSession(const QString &number)
    {
        m_asked << number;
        return QDBusObjectPath(u"/org/freedesktop/login1/session/_37"_s);
    }
};

class TestSessionLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void leavingIsTold_data();
    void leavingIsTold();
    void comingBackIsNot_data();
    void comingBackIsNot();

private:
    /// Sends a signal, and waits until it has arrived.
    static void send(const QString &path, const QString &interface, const QString &name, const QVariantList &arguments);

    Login m_login;
    QDBusConnection m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"others"_s);
};

namespace {

const QString Session = u"/org/freedesktop/login1/session/_37"_s;
const QString SaverName = u"org.freedesktop.ScreenSaver"_s;
const QString SaverPath = u"/org/freedesktop/ScreenSaver"_s;

} // namespace

void TestSessionLock::initTestCase()
{
    QVERIFY(m_bus.registerObject(u"/org/freedesktop/login1"_s, &m_login, QDBusConnection::ExportAllSlots));
    for (const QString &name : {u"org.freedesktop.login1"_s, SaverName, u"org.gnome.ScreenSaver"_s})
        QVERIFY(m_bus.registerService(name));
}

void TestSessionLock::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"others"_s);
}

void TestSessionLock::send(const QString &path, const QString &interface, const QString &name,
                           const QVariantList &arguments)
{
    QDBusConnection bus(u"others"_s);
    QDBusMessage message = QDBusMessage::createSignal(path, interface, name);
    message.setArguments(arguments);
    QVERIFY(bus.send(message));
}

void TestSessionLock::leavingIsTold_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QVariantList>("arguments");
    QTest::newRow("logind locks") << Session << u"org.freedesktop.login1.Session"_s << u"Lock"_s << QVariantList();
    QTest::newRow("the machine sleeps") << u"/org/freedesktop/login1"_s << u"org.freedesktop.login1.Manager"_s
                                        << u"PrepareForSleep"_s << QVariantList{true};
    QTest::newRow("the screen saver covers") << SaverPath << SaverName << u"ActiveChanged"_s << QVariantList{true};
    QTest::newRow("GNOME's covers") << u"/org/gnome/ScreenSaver"_s << u"org.gnome.ScreenSaver"_s << u"ActiveChanged"_s
                                    << QVariantList{true};
}

void TestSessionLock::leavingIsTold()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    QFETCH(const QString, name);
    QFETCH(const QVariantList, arguments);
    m_login.m_asked.clear();
    qputenv("XDG_SESSION_ID", "7");
    const SessionLock lock;
    QSignalSpy left(&lock, &SessionLock::left);
    QTRY_COMPARE(m_login.m_asked, QStringList{u"7"_s});
    // logind's answer is on its way: what tells of it is sent until it is heard.
    QTRY_VERIFY((send(path, interface, name, arguments), left.wait(50) || left.count() > 0));
}

void TestSessionLock::comingBackIsNot_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("name");
    QTest::newRow("the machine wakes") << u"/org/freedesktop/login1"_s << u"org.freedesktop.login1.Manager"_s
                                       << u"PrepareForSleep"_s;
    QTest::newRow("the screen saver goes") << SaverPath << SaverName << u"ActiveChanged"_s;
}

void TestSessionLock::comingBackIsNot()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    QFETCH(const QString, name);
    const SessionLock lock;
    QSignalSpy left(&lock, &SessionLock::left);
    send(path, interface, name, {false});
    // The order of one sender stays: after the second the first one has been heard.
    send(path, interface, name, {true});
    QTRY_VERIFY(left.count() > 0);
    QCOMPARE(left.count(), 1);
}

QTEST_GUILESS_MAIN(TestSessionLock)
#include "tst_sessionlock.moc"
