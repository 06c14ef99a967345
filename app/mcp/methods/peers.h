#pragma once

#include "mcp/types/answerform.h"
#include "mcp/types/toolrequest.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>
#include <utility>

namespace Mcp {

/// Whom a request comes from, as far as a server that insists on no session can tell.
struct Peer
{
    quint64 connection = 0;
    QByteArray userAgent = {};
    QByteArray principal = {};              ///< a digest of the credentials it showed
    QString keyName = {};                   ///< whose access key that is; empty without one
    QByteArray session = {};                ///< a digest of the session id it showed; empty without one
    std::optional<AnswerForm> answers = {}; ///< what it asked for in the address

    /// The same, with the session id as it goes over the wire; an empty one is none.
    Peer inSession(const QByteArray &id) const;

    /// What the connections of one client have in common.
    using Key = std::pair<QByteArray, QByteArray>;
    Key key() const { return {userAgent.left(256), principal}; }
};

/// What was learned about the latest clients; the oldest is forgotten when there are too many.
template<typename Key, typename Value>
class RecentPeers
{
public:
    static constexpr qsizetype MostRemembered = 256;

    void remember(const Key &key, const Value &value)
    {
        m_oldestFirst.removeOne(key);
        m_oldestFirst << key;
        m_values[key] = value;
        if (m_oldestFirst.size() > MostRemembered)
            m_values.remove(m_oldestFirst.takeFirst());
    }

    /// Null for who is not remembered. Holds until the next remember().
    const Value *find(const Key &key) const
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? nullptr : &*found;
    }

private:
    QHash<Key, Value> m_values;
    QList<Key> m_oldestFirst;
};

/// The names clients gave when they were initialized, for display. A client may use several connections: one that
/// shows no session id and introduced nobody is taken for the client that last did so with the same User-Agent.
class KnownClients
{
public:
    static constexpr qsizetype MostRemembered = RecentPeers<Peer::Key, Client>::MostRemembered;

    void introduce(const Peer &peer, const Client &client);
    Client find(const Peer &peer) const;

private:
    RecentPeers<std::pair<QByteArray, QByteArray>, Client> m_bySession; ///< and principal
    // With the User-Agent: an endpoint that is started again numbers its connections from the beginning.
    RecentPeers<std::pair<quint64, Peer::Key>, Client> m_byConnection;
    RecentPeers<Peer::Key, Client> m_byKey;
};

/// A client as it introduced itself, fit to be shown; what it says as User-Agent where it did not.
Client shownClient(const Client &client, const Peer &peer);

} // namespace Mcp
