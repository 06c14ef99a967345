#include "mcp/methods/peers.h"

#include "common/visible.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestName = 80;

} // namespace

Peer Peer::inSession(const QByteArray &id) const
{
    Peer peer = *this;
    peer.session = id.isEmpty() ? QByteArray() : QCryptographicHash::hash(id, QCryptographicHash::Sha256);
    return peer;
}

void KnownClients::introduce(const Peer &peer, const Client &client)
{
    if (Text::line(client.name, LongestName).isEmpty())
        return;
    const Client shown = shownClient(client, peer);
    if (!peer.session.isEmpty())
        m_bySession.remember({peer.session, peer.principal}, shown);
    m_byConnection.remember({peer.connection, peer.key()}, shown);
    if (!peer.userAgent.isEmpty())
        m_byKey.remember(peer.key(), shown);
}

Client KnownClients::find(const Peer &peer) const
{
    if (const Client *client = peer.session.isEmpty() ? nullptr : m_bySession.find({peer.session, peer.principal}))
        return *client;
    if (const Client *client = m_byConnection.find({peer.connection, peer.key()}))
        return *client;
    if (const Client *client = m_byKey.find(peer.key()))
        return *client;
    return shownClient({}, peer);
}

Client shownClient(const Client &client, const Peer &peer)
{
    const QString name = Text::line(client.name, LongestName);
    if (!name.isEmpty())
        return {.name = name, .version = Text::line(client.version, LongestName)};
    const QString userAgent = Text::line(QString::fromUtf8(peer.userAgent), LongestName);
    return {.name = userAgent.isEmpty() ? u"unknown client"_s : userAgent, .version = {}};
}

} // namespace Mcp
