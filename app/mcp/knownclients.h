#pragma once

#include "mcp/types/toolrequest.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <utility>

namespace Mcp {

/// Whom a request comes from, as far as a server without sessions can tell.
struct Sender
{
    quint64 connection = 0;
    QByteArray userAgent;
};

/// The names clients gave when they were initialized, for display. A client may use several connections: one that
/// introduced nobody is taken for the client that last did so with the same User-Agent.
class KnownClients
{
public:
    static constexpr qsizetype MostRemembered = 256;

    void introduce(const Sender &sender, const Client &client);
    Client find(const Sender &sender) const;

private:
    template<typename Key>
    struct Memory
    {
        QHash<Key, Client> clients;
        QList<Key> oldestFirst;

        void remember(const Key &key, const Client &client);
    };

    // With the User-Agent: an endpoint that is started again numbers its connections from the beginning.
    Memory<std::pair<quint64, QByteArray>> m_byConnection;
    Memory<QByteArray> m_byUserAgent;
};

} // namespace Mcp
