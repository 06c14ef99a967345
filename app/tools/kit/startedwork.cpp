#include "tools/kit/startedwork.h"

namespace Tools {

namespace {

constexpr qsizetype MostRemembered = 1000;

/// The key's name has no line feed, so whatever a client calls itself, it is not taken for one with another key.
QString identity(const Mcp::Client &client)
{
    return client.key + u'\n' + client.name + u'\n' + client.version;
}

} // namespace

void StartedWork::add(const Mcp::Client &client, Kind kind, const QString &id)
{
    if (m_works.size() >= MostRemembered)
        m_works.removeFirst();
    m_works.append({identity(client), kind, id});
}

bool StartedWork::isOf(const Mcp::Client &client, Kind kind, const QString &id) const
{
    const Work work{identity(client), kind, id};
    return m_works.contains(work);
}

} // namespace Tools
