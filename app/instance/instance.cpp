#include "instance/instance.h"

#include "instance/lock.h"
#include "instance/socketnames.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace Instance {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 LongestRequest = 256;       ///< bytes, with the line feed
constexpr qint64 LongestAnswer = 256 * 1024; ///< bytes
constexpr int MostClients = 16;
constexpr auto ClientPatience = 3s; ///< from its connection to the answer taken

/// Reads one line, answers, and goes with its socket.
class Client : public QObject
{
public:
    Client(QLocalSocket *socket, const RunningInstance::Responder &responder, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_responder(responder)
    {
        socket->setParent(this);
        socket->setReadBufferSize(LongestRequest);
        connect(socket, &QLocalSocket::readyRead, this, &Client::readRequest);
        connect(socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
        QTimer::singleShot(ClientPatience, this, [this] {
            m_socket->abort();
            deleteLater();
        });
        readRequest();
    }

private:
    void readRequest()
    {
        if (m_answered)
            return;
        if (!m_socket->canReadLine()) {
            if (m_socket->bytesAvailable() >= LongestRequest)
                m_socket->abort();
            return;
        }
        m_answered = true;
        const QString request = QString::fromUtf8(m_socket->readLine(LongestRequest + 1)).trimmed();
        m_socket->write(m_responder(request).toUtf8().left(LongestAnswer) + '\n');
        m_socket->flush();
        m_socket->disconnectFromServer();
    }

    QLocalSocket *m_socket;
    RunningInstance::Responder m_responder;
    bool m_answered = false;
};

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
           socket.bytesAvailable() <= LongestAnswer + 1)
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

    const QString dataDir;
    Lock lock;
    QLocalServer server;
    QObject clients; ///< their parent
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
    if (d->server.isListening() || !responder)
        return d->server.isListening();
    d->server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&d->server, &QLocalServer::newConnection, this, [this, responder = std::move(responder)] {
        while (QLocalSocket *socket = d->server.nextPendingConnection()) {
            if (d->clients.children().size() >= MostClients)
                delete socket;
            else
                new Client(socket, responder, &d->clients);
        }
    });
    const QStringList names = socketNames(d->dataDir);
    // Only who holds the lock knows that a socket lying there is nobody's. With socket options QLocalServer takes the
    // place of a living one without a word.
    if (!d->lock.isHeld() &&
        std::any_of(names.cbegin(), names.cend(), [](const QString &name) { return QFileInfo::exists(name); })) {
        d->problem = tr("Another instance of the application seems to be running.");
        return false;
    }
    for (const QString &name : names) {
        QLocalServer::removeServer(name);
        if (d->server.listen(name))
            return true;
    }
    const QString reason = d->server.errorString();
    d->problem = tr("Later starts of the application can't reach this one: %1")
                     .arg(reason.isEmpty() ? tr("there is no place for its socket") : reason);
    return false;
}

QString RunningInstance::problem() const
{
    return d->problem;
}

std::optional<QString> RunningInstance::ask(const QString &request, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    for (const QString &name : socketNames(d->dataDir)) {
        std::optional<QString> answer = askAt(name, request, deadline);
        if (answer)
            return answer;
    }
    return std::nullopt;
}

} // namespace Instance
