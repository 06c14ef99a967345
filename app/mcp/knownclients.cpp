#include "mcp/knownclients.h"

#include "mcp/displaytext.h"

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestName = 80;
constexpr qsizetype LongestKey = 256;

} // namespace

template<typename Key>
void KnownClients::Memory<Key>::remember(const Key &key, const Client &client)
{
    oldestFirst.removeOne(key);
    oldestFirst << key;
    clients[key] = client;
    if (oldestFirst.size() > MostRemembered)
        clients.remove(oldestFirst.takeFirst());
}

void KnownClients::introduce(const Sender &sender, const Client &client)
{
    const Client shown{.name = displayText(client.name, LongestName),
                       .version = displayText(client.version, LongestName)};
    if (shown.name.isEmpty())
        return;
    const QByteArray userAgent = sender.userAgent.left(LongestKey);
    m_byConnection.remember({sender.connection, userAgent}, shown);
    if (!userAgent.isEmpty())
        m_byUserAgent.remember(userAgent, shown);
}

Client KnownClients::find(const Sender &sender) const
{
    const QByteArray userAgent = sender.userAgent.left(LongestKey);
    const auto onConnection = m_byConnection.clients.find({sender.connection, userAgent});
    if (onConnection != m_byConnection.clients.end())
        return *onConnection;
    const auto sameUserAgent = m_byUserAgent.clients.find(userAgent);
    if (sameUserAgent != m_byUserAgent.clients.end())
        return *sameUserAgent;
    const QString name = displayText(QString::fromUtf8(sender.userAgent), LongestName);
    return {.name = name.isEmpty() ? u"unknown client"_s : name, .version = {}};
}

} // namespace Mcp
