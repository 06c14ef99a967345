#include "mcp/methods/knownclients.h"

#include "mcp/protocol/displaytext.h"

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestName = 80;

} // namespace

void KnownClients::introduce(const Sender &sender, const Client &client)
{
    if (displayText(client.name, LongestName).isEmpty())
        return;
    const Client shown = shownClient(client, sender);
    m_byConnection.remember({sender.connection, sender.key()}, shown);
    if (!sender.userAgent.isEmpty())
        m_byKey.remember(sender.key(), shown);
}

Client KnownClients::find(const Sender &sender) const
{
    if (const Client *client = m_byConnection.find({sender.connection, sender.key()}))
        return *client;
    if (const Client *client = m_byKey.find(sender.key()))
        return *client;
    return shownClient({}, sender);
}

Client shownClient(const Client &client, const Sender &sender)
{
    const QString name = displayText(client.name, LongestName);
    if (!name.isEmpty())
        return {.name = name, .version = displayText(client.version, LongestName)};
    const QString userAgent = displayText(QString::fromUtf8(sender.userAgent), LongestName);
    return {.name = userAgent.isEmpty() ? u"unknown client"_s : userAgent, .version = {}};
}

} // namespace Mcp
