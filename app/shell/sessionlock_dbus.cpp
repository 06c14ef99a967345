#include "shell/sessionlock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace {

const QString Login = u"org.freedesktop.login1"_s;
const QString LoginPath = u"/org/freedesktop/login1"_s;
const QString LoginManager = u"org.freedesktop.login1.Manager"_s;
const QString LoginSession = u"org.freedesktop.login1.Session"_s;

/// A screen saver's service and interface, which have one name, and where it says that it covers the screen.
struct Saver
{
    QString name;
    QString path;
};

const QList<Saver> &savers()
{
    static const QList<Saver> all{
        {u"org.freedesktop.ScreenSaver"_s, u"/org/freedesktop/ScreenSaver"_s}, // KDE and others
        {u"org.freedesktop.ScreenSaver"_s, u"/ScreenSaver"_s},                 // KDE's older place
        {u"org.gnome.ScreenSaver"_s, u"/org/gnome/ScreenSaver"_s},
        {u"org.cinnamon.ScreenSaver"_s, u"/org/cinnamon/ScreenSaver"_s},
        {u"org.mate.ScreenSaver"_s, u"/org/mate/ScreenSaver"_s},
    };
    return all;
}

} // namespace

SessionLock::SessionLock(QObject *parent)
    : QObject(parent)
{
    QDBusConnection session = QDBusConnection::sessionBus();
    for (const Saver &saver : savers())
        session.connect(saver.name, saver.path, saver.name, u"ActiveChanged"_s, this, SLOT(onSwitched(bool)));

    QDBusConnection system = QDBusConnection::systemBus();
    system.connect(Login, LoginPath, LoginManager, u"PrepareForSleep"_s, this, SLOT(onSwitched(bool)));
    // A program that the desktop's service manager started is in no session by its process, and then this is its
    // user's.
    QDBusMessage question = QDBusMessage::createMethodCall(Login, LoginPath, LoginManager, u"GetSession"_s);
    const QString number = qEnvironmentVariable("XDG_SESSION_ID");
    question << (number.isEmpty() ? u"auto"_s : number);
    question.setAutoStartService(false);
    auto *answer = new QDBusPendingCallWatcher(system.asyncCall(question, 5000), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusObjectPath> reply = *answer;
        answer->deleteLater();
        if (!reply.isValid())
            return;
        QDBusConnection::systemBus().connect(Login, reply.value().path(), LoginSession, u"Lock"_s, this,
                                             SIGNAL(left()));
    });
}

SessionLock::~SessionLock() = default;

void SessionLock::onSwitched(bool on)
{
    if (on)
        Q_EMIT left();
}
