#pragma once

#include "http/server.h"

#include <QList>

namespace Http {

class Connection;

/// What all connections of a server share. It outlives them.
struct Endpoint
{
    Limits limits;
    Server::Admission admission;
    Server::Handler handler;
    std::function<void(const RequestHead &, const Refusal &)> refused;

    QList<Connection *> connections = {}; ///< the open ones; each adds and removes itself
    quint64 lastConnectionId = 0;

    /// Connections that are served, without those that are being turned away.
    int servedConnections() const;
    Connection *find(const QHostAddress &peer, quint16 peerPort) const;
};

} // namespace Http
