#pragma once

#include "mcp/methods/peers.h"
#include "mcp/methods/reply.h"

#include <QFlags>
#include <QJsonObject>
#include <QSet>

#include <functional>
#include <memory>

namespace Mcp {

/// The lists that clients can be told of.
enum class ListKind { Tools = 1, Prompts = 2, Resources = 4 };
Q_DECLARE_FLAGS(ListKinds, ListKind)

/// What a client wants to be told of.
struct Interest
{
    ListKinds lists = {};
    QSet<QString> uris = {};
};

/// Event streams that stay open to tell of changes: those of legacy clients, which GET them and hear of every list, and
/// the subscriptions of modern ones.
class Listeners
{
public:
    /// More resources than this a client cannot subscribe to.
    static constexpr qsizetype MostUris = 1000;
    /// And more event streams are not kept open.
    static constexpr qsizetype MostStreams = 256;

    Listeners() = default;
    Q_DISABLE_COPY_MOVE(Listeners)

    /// A legacy client's stream. It hears of the resources that the client has subscribed to, over whatever connection.
    void add(const ResponderPtr &responder, const Peer &peer);
    /// A modern subscription; ended with a result (2026-07-28, basic/patterns/subscriptions).
    void add(const Reply &reply, const Interest &interest);

    /// What a legacy client subscribes to. False where it is too much.
    bool subscribe(const Peer &peer, const QString &uri);
    void unsubscribe(const Peer &peer, const QString &uri);

    void announceList(ListKind list);
    void announceResource(const QString &uri);
    void endAll();

    bool isFull() const { return m_listeners.size() >= MostStreams; }

    /// Told when the first resource is listened for, and when none is any more.
    std::function<void(bool areWatched)> whenResourcesWatched = {};

private:
    struct Listener;
    using ListenerPtr = std::shared_ptr<Listener>;

    void keep(const ListenerPtr &listener);
    bool wants(const Listener &listener, const QString &uri) const;
    bool wantsAnyResource(const Listener &listener) const;
    void noteWatched();

    QList<ListenerPtr> m_listeners;
    RecentPeers<Peer::Key, QSet<QString>> m_subscriptions;
    bool m_resourcesWatched = false;
};

/// The members of a subscription's filter that name lists.
QJsonObject filterOf(const Interest &interest);
Interest interestIn(const QJsonObject &filter);

} // namespace Mcp

Q_DECLARE_OPERATORS_FOR_FLAGS(Mcp::ListKinds)
