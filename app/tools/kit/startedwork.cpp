#include "tools/kit/startedwork.h"

namespace Tools {

namespace {

constexpr qsizetype MostRemembered = 1000;

} // namespace

void StartedWork::add(const Mcp::Client &client, Kind kind, const QString &id)
{
    if (m_works.size() >= MostRemembered)
        m_works.removeFirst();
    m_works.append({client.label(), kind, id});
}

bool StartedWork::isOf(const Mcp::Client &client, Kind kind, const QString &id) const
{
    const Work work{client.label(), kind, id};
    return m_works.contains(work);
}

} // namespace Tools
