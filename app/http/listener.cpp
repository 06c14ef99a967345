#include "listener.h"

#include "http/connection.h"
#include "http/portholder.h"

#include <QTcpSocket>

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
    m_endpoint.makeRoom();
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
    case QAbstractSocket::AddressInUseError:
        return takenPortWords(port, portHolder(port));
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
