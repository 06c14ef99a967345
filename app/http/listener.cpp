#include "listener.h"

#include "http/connection.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTcpSocket>

#include <filesystem>
#include <string>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

/// Connections that wait to be accepted. With Qt's 50 a burst overflows, and those left out try again after seconds.
constexpr int Backlog = 512;
constexpr int Attempts = 20;       // to find a port that is free on the second address as well
constexpr int MostTurnedAway = 32; // beyond the limit this many still hear why; a flood is closed without a word

/// Accepts connections up to the limit and puts a Connection on guard at each before QtHttpServer gets it.
class Listener final : public QTcpServer
{
public:
    explicit Listener(Endpoint &endpoint)
        : m_endpoint(endpoint)
    {}

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Endpoint &m_endpoint;
};

void Listener::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    const int limit = m_endpoint.limits.connections;
    const bool isFull = m_endpoint.servedConnections() >= limit;
    if (isFull && m_endpoint.connections.size() >= limit + MostTurnedAway) {
        delete socket;
        return;
    }
    auto *connection = new Connection(socket, m_endpoint);
    if (!isFull) {
        addPendingConnection(socket);
        return;
    }
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connection->turnAway();
}

/// The sockets that listen on a port, from /proc/net/tcp and tcp6 (proc(5)), as links in /proc/PID/fd name them.
QSet<QByteArray> listeningSockets(quint16 port)
{
    constexpr qsizetype LocalAddress = 1, State = 3, Inode = 9;
    const QByteArray portSuffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    QSet<QByteArray> sockets;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QByteArrayList fields = line.simplified().split(' ');
            if (fields.size() > Inode && fields[LocalAddress].endsWith(portSuffix) && fields[State] == "0A")
                sockets += "socket:[" + fields[Inode] + ']';
        }
    }
    return sockets;
}

bool holdsOneOf(const QString &process, const QSet<QByteArray> &sockets)
{
    std::error_code unreadable; // another user's process, or one that has just ended
    const std::string folder = "/proc/" + process.toStdString() + "/fd";
    std::filesystem::directory_iterator entry(folder, unreadable);
    while (!unreadable && entry != std::filesystem::directory_iterator()) {
        std::error_code vanished;
        const std::string target = std::filesystem::read_symlink(entry->path(), vanished).string();
        if (!vanished && sockets.contains(QByteArray::fromStdString(target)))
            return true;
        entry.increment(unreadable);
    }
    return false;
}

QString nameOf(const QString &process)
{
    QFile file(u"/proc/"_s + process + u"/comm"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().trimmed()) : QString();
}

/// Who listens on a TCP port of this machine, as "name, process 1234"; empty where that can't be told: on other systems
/// than Linux, and for processes of other users.
QString portHolder(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(port);
    if (sockets.isEmpty())
        return {};
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        if (holdsOneOf(process, sockets))
            return u"%1, process %2"_s.arg(nameOf(process), process);
    }
    return {};
}

struct Attempt
{
    Listening listening;
    bool portIsTaken = false;
};

bool isMissingIpv6(const QTcpServer &server, const QHostAddress &address)
{
    const QAbstractSocket::SocketError error = server.serverError();
    return address.protocol() == QAbstractSocket::IPv6Protocol &&
           (error == QAbstractSocket::SocketAddressNotAvailableError ||
            error == QAbstractSocket::UnsupportedSocketOperationError);
}

QString explain(const QTcpServer &server, const QHostAddress &address, quint16 port)
{
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError: {
        const QString holder = portHolder(port);
        return u"Port %1 is already in use by another program%2. Quit that program, or choose another port."_s.arg(
            QString::number(port), holder.isEmpty() ? QString() : u" ("_s + holder + u')');
    }
    case QAbstractSocket::SocketAccessError:
        return u"Port %1 needs the rights of an administrator. Choose a port from 1024 to 65535."_s.arg(port);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return u"%1 is not an address of this machine. Choose one that is, or 127.0.0.1."_s.arg(address.toString());
    default:
        return u"Can't listen on %1, port %2: %3."_s.arg(address.toString(), QString::number(port),
                                                         server.errorString());
    }
}

Attempt attempt(const QList<QHostAddress> &addresses, quint16 port, Endpoint &endpoint)
{
    Listening listening;
    QString missingIpv6;
    for (const QHostAddress &address : addresses) {
        auto listener = std::make_unique<Listener>(endpoint);
        listener->setListenBacklogSize(Backlog);
        const quint16 wanted = port == 0 ? listening.port() : port;
        if (listener->listen(address, wanted)) {
            listening.listeners.push_back(std::move(listener));
        } else if (isMissingIpv6(*listener, address)) {
            missingIpv6 = explain(*listener, address, wanted);
        } else {
            const bool isTaken = listener->serverError() == QAbstractSocket::AddressInUseError;
            return {.listening = {.listeners = {}, .error = explain(*listener, address, wanted)},
                    .portIsTaken = isTaken};
        }
    }
    if (listening.listeners.empty())
        listening.error = missingIpv6.isEmpty() ? u"There is no address to listen on."_s : missingIpv6;
    return {.listening = std::move(listening)};
}

} // namespace

Listening listenOn(const QList<QHostAddress> &addresses, quint16 port, Endpoint &endpoint)
{
    Attempt last = attempt(addresses, port, endpoint);
    for (int i = 1; i < Attempts && port == 0 && last.portIsTaken; ++i)
        last = attempt(addresses, port, endpoint);
    return std::move(last.listening);
}

} // namespace Http
