#pragma once

#include <QHostAddress>
#include <QList>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace Http {

struct Endpoint;

/// Sockets that listen on one port of several addresses, or the reason why there are none, for a person.
struct Listening
{
    std::vector<std::unique_ptr<QTcpServer>> listeners;
    QString error;
    quint16 port() const { return listeners.empty() ? 0 : listeners.front()->serverPort(); }
};

/// Listens for connections up to the endpoint's limit, each guarded by a Connection before anyone else gets it. All or
/// nothing, except that IPv6 addresses are left out where the machine has none. Port 0 chooses one that is free
/// on all of them.
Listening listenOn(const QList<QHostAddress> &addresses, quint16 port, Endpoint &endpoint);

} // namespace Http
