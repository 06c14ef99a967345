#pragma once

#include "mcp/methods/recent.h"
#include "mcp/methods/sender.h"
#include "mcp/types/toolrequest.h"

namespace Mcp {

/// The names clients gave when they were initialized, for display. A client may use several connections: one that
/// introduced nobody is taken for the client that last did so with the same User-Agent.
class KnownClients
{
public:
    static constexpr qsizetype MostRemembered = Recent<Sender::Key, Client>::MostRemembered;

    void introduce(const Sender &sender, const Client &client);
    Client find(const Sender &sender) const;

private:
    // With the User-Agent: an endpoint that is started again numbers its connections from the beginning.
    Recent<std::pair<quint64, Sender::Key>, Client> m_byConnection;
    Recent<Sender::Key, Client> m_byKey;
};

/// A client as it introduced itself, fit to be shown; what it says as User-Agent where it did not.
Client shownClient(const Client &client, const Sender &sender);

} // namespace Mcp
