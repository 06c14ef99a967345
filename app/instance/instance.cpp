#include "instance/instance.h"

#include "instance/listener.h"
#include "instance/socketnames.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QLockFile>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <utility>

namespace Instance {

using namespace Qt::StringLiterals;

namespace {

/// The lock file in the data folder that says which process is the running one, held for as long as it lives.
class Lock
{
public:
    explicit Lock(const QString &dataDir);

    /// LockFailedError when another process holds it; other errors when the file can't be written.
    QLockFile::LockError tryLock();
    bool isHeld() const { return m_file.isLocked(); }

private:
    bool wasLeftByAnotherBoot() const;

    QLockFile m_file;
};

Lock::Lock(const QString &dataDir)
    : m_file(dataDir + u"/bricktray.lock"_s)
{
    // No age makes it stale, only a process that is gone: the application runs for weeks.
    m_file.setStaleLockTime(0);
}

QLockFile::LockError Lock::tryLock()
{
    if (m_file.tryLock(0))
        return QLockFile::NoError;
    // Removing asks the kernel for the file's lock first, and so fails while its owner lives.
    if (m_file.error() == QLockFile::LockFailedError && wasLeftByAnotherBoot() && m_file.removeStaleLockFile() &&
        m_file.tryLock(0))
        return QLockFile::NoError;
    return m_file.error();
}

/// In a container every run has the same process id and another host name, which QLockFile takes for a living owner.
bool Lock::wasLeftByAnotherBoot() const
{
    qint64 pid = 0;
    QString host;
    QString application;
    return m_file.getLockInfo(&pid, &host, &application) &&
           (pid == QCoreApplication::applicationPid() || host != QSysInfo::machineHostName());
}

std::optional<QString> askAt(const QString &name, const QString &request, QDeadlineTimer deadline)
{
    const auto left = [&deadline] { return int(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(name);
    if (!socket.waitForConnected(left()))
        return std::nullopt;
    socket.write(request.toUtf8() + '\n');
    // The end of the connection is the end of the answer; the line feed before it says that the answer is whole.
    while (socket.state() == QLocalSocket::ConnectedState && !deadline.hasExpired() &&
           socket.bytesAvailable() <= Listener::LongestAnswer + 1)
        socket.waitForReadyRead(left());
    QByteArray answer = socket.readAll();
    if (socket.state() == QLocalSocket::ConnectedState || !answer.endsWith('\n'))
        return std::nullopt;
    answer.chop(1);
    return QString::fromUtf8(answer);
}

} // namespace

class RunningInstance::Private
{
public:
    explicit Private(const QString &dataDir)
        : dataDir(dataDir)
        , lock(dataDir)
    {}

    ~Private()
    {
        thread.quit();
        thread.wait();
    }

    const QString dataDir;
    Lock lock;
    QThread thread;
    Listener *listener = nullptr; ///< lives in the thread, and ends with it
    bool isListening = false;
    QHash<QString, QString> answers;
    QString problem;
};

RunningInstance::RunningInstance(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(dataDir))
{}

RunningInstance::~RunningInstance() = default;

bool RunningInstance::acquire()
{
    if (d->lock.isHeld())
        return true;
    const QLockFile::LockError error = d->lock.tryLock();
    if (error == QLockFile::LockFailedError)
        return false;
    if (error != QLockFile::NoError)
        d->problem = tr("The lock file in %1 can't be written, so a second start of the application will not notice "
                        "this one. Check the permissions of that folder, and that the disk is not full.")
                         .arg(QDir::toNativeSeparators(d->dataDir));
    return true;
}

bool RunningInstance::serve(Responder responder)
{
    if (d->isListening || !responder)
        return d->isListening;
    const QStringList names = socketNames(d->dataDir);
    // Only who holds the lock knows that a socket lying there is nobody's. With socket options QLocalServer takes the
    // place of a living one without a word.
    if (!d->lock.isHeld() &&
        std::any_of(names.cbegin(), names.cend(), [](const QString &name) { return QFileInfo::exists(name); })) {
        d->problem = tr("Another instance of the application seems to be running.");
        return false;
    }
    startListener(std::move(responder));
    QString reason;
    QMetaObject::invokeMethod(
        d->listener, [this, &names] { return d->listener->listen(names); }, Qt::BlockingQueuedConnection, &reason);
    d->isListening = reason.isEmpty();
    if (!d->isListening)
        d->problem = tr("Later starts of the application can't reach this one: %1").arg(reason);
    return d->isListening;
}

void RunningInstance::startListener(Responder responder)
{
    d->listener = new Listener;
    d->listener->setAnswers(d->answers);
    d->listener->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->listener, &QObject::deleteLater);
    connect(d->listener, &Listener::asked, this,
            [listener = d->listener, responder = std::move(responder)](quint64 client, const QString &request) {
                const QString answer = responder(request);
                QMetaObject::invokeMethod(listener, [=] { listener->answer(client, answer); });
            });
    d->thread.setObjectName(u"instance"_s);
    d->thread.start();
}

void RunningInstance::setAnswer(const QString &request, const QString &answer)
{
    d->answers.insert(request, answer);
    if (d->listener)
        QMetaObject::invokeMethod(d->listener,
                                  [listener = d->listener, answers = d->answers] { listener->setAnswers(answers); });
}

QString RunningInstance::problem() const
{
    return d->problem;
}

std::optional<QString> RunningInstance::ask(const QString &request, std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    for (const QString &name : socketNames(d->dataDir)) {
        std::optional<QString> answer = askAt(name, request, deadline);
        if (answer)
            return answer;
    }
    return std::nullopt;
}

} // namespace Instance
