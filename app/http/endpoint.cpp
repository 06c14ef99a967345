#include "http/endpoint.h"

#include "http/connection.h"

#include <algorithm>

namespace Http {

int Endpoint::servedConnections() const
{
    return int(std::count_if(connections.cbegin(), connections.cend(),
                             [](const Connection *connection) { return !connection->isTurnedAway(); }));
}

Connection *Endpoint::find(const QHostAddress &peer, quint16 peerPort) const
{
    const auto found = std::find_if(connections.cbegin(), connections.cend(), [&](const Connection *connection) {
        return connection->peerPort() == peerPort && connection->peer() == peer;
    });
    return found == connections.cend() ? nullptr : *found;
}

} // namespace Http
