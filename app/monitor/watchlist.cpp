#include "monitor/watchlist.h"

using namespace Qt::StringLiterals;

namespace Monitor {

WatchList::WatchList(std::chrono::milliseconds grace)
    : m_grace(grace)
{}

void WatchList::add(const QString &id)
{
    Watched watched;
    watched.since.start();
    m_watched.insert(id, watched);
}

bool WatchList::remove(const QString &id)
{
    return m_watched.remove(id);
}

std::optional<bool> WatchList::look(const Cluster &cluster)
{
    const auto watched = m_watched.find(cluster.id);
    if (watched == m_watched.end())
        return std::nullopt;
    const bool running = cluster.state == u"RUNNING";
    const bool starting = cluster.state == u"PENDING" || cluster.state == u"RESTARTING" || cluster.state == u"RESIZING";
    if (starting) {
        watched->seenStarting = true;
        return std::nullopt;
    }
    if (!running && !watched->seenStarting && watched->since.elapsed() < m_grace.count())
        return std::nullopt;
    m_watched.erase(watched);
    return running;
}

} // namespace Monitor
