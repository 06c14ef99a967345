#include "mcp/methods/listeners.h"

#include "mcp/protocol/message.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

struct ListRow
{
    ListKind kind;
    QLatin1StringView notification;
    QLatin1StringView filter; ///< its name in a subscription's filter
};
constexpr std::array Lists{
    ListRow{ListKind::Tools, QLatin1StringView("notifications/tools/list_changed"),
            QLatin1StringView("toolsListChanged")},
    ListRow{ListKind::Prompts, QLatin1StringView("notifications/prompts/list_changed"),
            QLatin1StringView("promptsListChanged")},
    ListRow{ListKind::Resources, QLatin1StringView("notifications/resources/list_changed"),
            QLatin1StringView("resourcesListChanged")},
};
constexpr ListKinds AllLists = ListKinds(ListKind::Tools) | ListKind::Prompts | ListKind::Resources;

} // namespace

struct Listeners::Listener
{
    ResponderPtr responder;
    Interest interest;
    std::optional<Reply> subscription = {}; ///< of a modern client
    Peer::Key client = {};                  ///< of a legacy one

    QJsonObject tagged(QJsonObject params) const
    {
        if (subscription)
            params["_meta"_L1] = QJsonObject{{MetaKey::SubscriptionId, subscription->id()}};
        return params;
    }

    void tell(const QString &method, const QJsonObject &params) const
    {
        responder->notify(notificationMessage(method, tagged(params)));
    }

    void end() const
    {
        if (subscription)
            subscription->result(tagged({}));
        else
            responder->drop();
    }
};

void Listeners::add(const ResponderPtr &responder, const Peer &peer)
{
    keep(std::make_shared<Listener>(
        Listener{.responder = responder, .interest = {.lists = AllLists}, .client = peer.key()}));
}

void Listeners::add(const Reply &reply, const Interest &interest)
{
    const auto listener = std::make_shared<Listener>(
        Listener{.responder = reply.responder(), .interest = interest, .subscription = reply});
    listener->tell(u"notifications/subscriptions/acknowledged"_s, {{u"notifications"_s, filterOf(interest)}});
    keep(listener);
}

void Listeners::keep(const ListenerPtr &listener)
{
    m_listeners << listener;
    const std::weak_ptr<Listener> weak = listener;
    listener->responder->whenClientLeaves([this, weak] {
        m_listeners.removeOne(weak.lock());
        noteWatched();
    });
    noteWatched();
}

bool Listeners::subscribe(const Peer &peer, const QString &uri)
{
    const QSet<QString> *known = m_subscriptions.find(peer.key());
    QSet<QString> uris = known ? *known : QSet<QString>();
    if (uris.size() >= MostUris)
        return false;
    uris << uri;
    m_subscriptions.remember(peer.key(), uris);
    noteWatched();
    return true;
}

void Listeners::unsubscribe(const Peer &peer, const QString &uri)
{
    const QSet<QString> *known = m_subscriptions.find(peer.key());
    if (!known)
        return;
    QSet<QString> uris = *known;
    uris.remove(uri);
    m_subscriptions.remember(peer.key(), uris);
    noteWatched();
}

void Listeners::announceList(ListKind list)
{
    const auto row =
        std::find_if(Lists.begin(), Lists.end(), [list](const ListRow &each) { return each.kind == list; });
    // A copy: a write may find that a client has left.
    for (const QList<ListenerPtr> listeners = m_listeners; const ListenerPtr &listener : listeners) {
        if (listener->interest.lists.testFlag(list))
            listener->tell(row->notification, {});
    }
}

void Listeners::announceResource(const QString &uri)
{
    for (const QList<ListenerPtr> listeners = m_listeners; const ListenerPtr &listener : listeners) {
        if (wants(*listener, uri))
            listener->tell(u"notifications/resources/updated"_s, {{u"uri"_s, uri}});
    }
}

bool Listeners::wants(const Listener &listener, const QString &uri) const
{
    if (listener.subscription)
        return listener.interest.uris.contains(uri);
    const QSet<QString> *subscribed = m_subscriptions.find(listener.client);
    return subscribed && subscribed->contains(uri);
}

bool Listeners::wantsAnyResource(const Listener &listener) const
{
    // Every legacy client has a stream and hears of the list; only a modern one has asked for it.
    if (listener.subscription)
        return !listener.interest.uris.isEmpty() || listener.interest.lists.testFlag(ListKind::Resources);
    const QSet<QString> *subscribed = m_subscriptions.find(listener.client);
    return subscribed && !subscribed->isEmpty();
}

void Listeners::noteWatched()
{
    const bool watched = std::any_of(m_listeners.begin(), m_listeners.end(),
                                     [this](const ListenerPtr &listener) { return wantsAnyResource(*listener); });
    if (std::exchange(m_resourcesWatched, watched) != watched && whenResourcesWatched)
        whenResourcesWatched(watched);
}

void Listeners::endAll()
{
    for (const QList<ListenerPtr> listeners = std::exchange(m_listeners, {}); const ListenerPtr &listener : listeners)
        listener->end();
    noteWatched();
}

QJsonObject filterOf(const Interest &interest)
{
    QJsonObject filter;
    for (const ListRow &row : Lists) {
        if (interest.lists.testFlag(row.kind))
            filter[row.filter] = true;
    }
    QStringList uris(interest.uris.begin(), interest.uris.end());
    uris.sort();
    if (!uris.isEmpty())
        filter["resourceSubscriptions"_L1] = QJsonArray::fromStringList(uris);
    return filter;
}

Interest interestIn(const QJsonObject &filter)
{
    Interest interest;
    for (const ListRow &row : Lists)
        interest.lists.setFlag(row.kind, filter.value(row.filter).toBool());
    for (const QJsonValue &uri : filter.value("resourceSubscriptions"_L1).toArray())
        interest.uris << uri.toString();
    return interest;
}

} // namespace Mcp
