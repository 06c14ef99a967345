#include "http/listening.h"

#include "http/portholder.h"

using namespace Qt::StringLiterals;

namespace Http {

namespace {

/// Connections that wait to be accepted. With Qt's 50 a burst overflows, and those left out try again after seconds.
constexpr int Backlog = 512;
constexpr int Attempts = 20; // to find a port that is free on the second address as well

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
        auto server = std::make_unique<GuardedServer>(endpoint);
        server->setListenBacklogSize(Backlog);
        const quint16 wanted = port == 0 ? listening.port() : port;
        if (server->listen(address, wanted)) {
            listening.servers.push_back(std::move(server));
        } else if (isMissingIpv6(*server, address)) {
            missingIpv6 = explain(*server, address, wanted);
        } else {
            const bool isTaken = server->serverError() == QAbstractSocket::AddressInUseError;
            return {.listening = {.servers = {}, .error = explain(*server, address, wanted)}, .portIsTaken = isTaken};
        }
    }
    if (listening.servers.empty())
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
