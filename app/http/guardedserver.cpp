#include "http/guardedserver.h"

#include "http/connection.h"

#include <QTcpSocket>

namespace Http {

namespace {

constexpr int MostTurnedAway = 32; // beyond the limit this many still hear why; a flood is closed without a word

} // namespace

void GuardedServer::incomingConnection(qintptr descriptor)
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

} // namespace Http
