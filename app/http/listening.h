#pragma once

#include "http/guardedserver.h"

#include <QHostAddress>
#include <QList>

#include <memory>
#include <vector>

namespace Http {

/// Servers that listen on one port of several addresses, or the reason why there are none, for a person.
struct Listening
{
    std::vector<std::unique_ptr<GuardedServer>> servers;
    QString error;
    quint16 port() const { return servers.empty() ? 0 : servers.front()->serverPort(); }
};

/// All or nothing, except that IPv6 addresses are left out where the machine has none. Port 0 chooses one that is free
/// on all of them.
Listening listenOn(const QList<QHostAddress> &addresses, quint16 port, Endpoint &endpoint);

} // namespace Http
