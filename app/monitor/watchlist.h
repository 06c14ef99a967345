#pragma once

#include "monitor/cluster.h"

#include <QElapsedTimer>
#include <QHash>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Monitor {

/// The clusters that somebody started and waits for.
class WatchList
{
public:
    /// A cluster still TERMINATED this soon after its start is one whose start does not show yet.
    explicit WatchList(std::chrono::milliseconds grace);

    void add(const QString &id);
    bool remove(const QString &id);
    bool isEmpty() const { return m_watched.isEmpty(); }
    QStringList ids() const { return m_watched.keys(); }

    /// A fresh look at a cluster. Returns whether it runs once that is settled, and then watches it no longer.
    std::optional<bool> look(const Cluster &cluster);

private:
    struct Watched
    {
        QElapsedTimer since;
        bool seenStarting = false;
    };

    std::chrono::milliseconds m_grace;
    QHash<QString, Watched> m_watched;
};

} // namespace Monitor
