#include "monitor/clustermonitor.h"

#include "monitor/clusterpoll.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Monitor {

namespace {

using std::chrono::milliseconds;

/// From here on a quick poll of everything costs more requests than one of the few that change.
constexpr qsizetype manyClusters = 300;
constexpr qsizetype fewChanging = 5;

constexpr auto Running = "RUNNING"_L1;

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
    const bool running = cluster.state == Running;
    const bool starting = cluster.state == u"PENDING" || cluster.state == u"RESTARTING" || cluster.state == u"RESIZING";
    if (starting) {
        watched->seenStarting = true;
        return std::nullopt;
    }
    if (!running && !watched->seenStarting && milliseconds(watched->since.elapsed()) < m_grace)
        return std::nullopt;
    m_watched.erase(watched);
    return running;
}

/// What the new list changes.
QList<ClusterChange> changesBetween(const QList<Cluster> &before, const QList<Cluster> &now)
{
    QHash<QString, Cluster> gone;
    for (const Cluster &cluster : before)
        gone.insert(cluster.id, cluster);
    QList<ClusterChange> changes;
    for (const Cluster &cluster : now) {
        const QString previous = gone.take(cluster.id).state;
        if (previous != cluster.state)
            changes.append({.cluster = cluster, .previousState = previous});
    }
    for (const Cluster &cluster : std::as_const(gone))
        changes.append({.cluster = cluster, .previousState = cluster.state, .isGone = true});
    return changes;
}

using Signals = QList<std::function<void(ClusterMonitor *)>>;

} // namespace

class ClusterMonitor::Private
{
public:
    Private(ClusterMonitor *monitor, Databricks::Workspace workspace, Pace pace);

    void poll();
    void schedule();
    void abort();
    Signals receive(const ClusterPoll &poll);

    ClusterMonitor *const q;
    const Databricks::Workspace workspace;
    const Pace pace;
    QTimer timer;
    QList<Cluster> clusters;
    WatchList watched;
    bool started = false;
    bool visible = false;
    bool unauthorized = false;
    bool wantsWhole = true;

private:
    static QCoro::Task<void> run(QPointer<ClusterMonitor> monitor, Databricks::Workspace workspace, bool whole,
                                 QStringList ids, int pollNumber);

    bool isQuick() const;
    milliseconds interval() const;
    QStringList changingIds() const;
    Signals fail(const Databricks::ApiError &error);
    static void emitAll(QPointer<ClusterMonitor> monitor, Signals toEmit);
    void merge(const ClusterPoll &poll, Signals &toEmit);
    void look(const Cluster &cluster, Signals &toEmit);

    std::stop_source m_stop;
    QElapsedTimer m_sincePoll;
    QElapsedTimer m_sinceWhole;
    QStringList m_watchedAtStart; ///< a poll says nothing of what was started after it
    int m_failures = 0;
    int m_pollNumber = 0; ///< an aborted poll's result comes late and has an older number
    bool m_polling = false;
};

ClusterMonitor::Private::Private(ClusterMonitor *monitor, Databricks::Workspace theWorkspace, Pace thePace)
    : q(monitor)
    , workspace(std::move(theWorkspace))
    , pace(thePace)
    , watched(thePace.startGrace)
{
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, monitor, [this] { poll(); });
}

bool ClusterMonitor::Private::isQuick() const
{
    return !watched.isEmpty() || std::ranges::any_of(clusters, &Cluster::isChanging);
}

milliseconds ClusterMonitor::Private::interval() const
{
    milliseconds time = isQuick() ? pace.changing : visible ? pace.steady : pace.hidden;
    for (int failure = 0; failure < m_failures && time < pace.hidden; ++failure)
        time = std::min(2 * time, pace.hidden);
    return time;
}

QStringList ClusterMonitor::Private::changingIds() const
{
    QStringList ids = watched.ids();
    for (const Cluster &cluster : clusters) {
        if (cluster.isChanging() && !ids.contains(cluster.id))
            ids.append(cluster.id);
    }
    return ids;
}

void ClusterMonitor::Private::schedule()
{
    timer.stop();
    if (!started || unauthorized || m_polling)
        return;
    const bool atOnce = wantsWhole || !m_sincePoll.isValid();
    const milliseconds elapsed = atOnce ? interval() : milliseconds(m_sincePoll.elapsed());
    timer.start(std::max(milliseconds(0), interval() - elapsed));
}

void ClusterMonitor::Private::abort()
{
    timer.stop();
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_pollNumber;
    m_polling = false;
}

void ClusterMonitor::Private::poll()
{
    m_polling = true;
    m_watchedAtStart = watched.ids();
    const QStringList ids = changingIds();
    const bool due = !m_sinceWhole.isValid() || milliseconds(m_sinceWhole.elapsed()) >= pace.steady;
    const bool some = clusters.size() > manyClusters && !ids.isEmpty() && ids.size() <= fewChanging && !due;
    const bool whole = std::exchange(wantsWhole, false) || !some;
    // The task runs on by itself; it ends with the poll and catches what a poll can throw.
    run(q, workspace.forCall({}, m_stop.get_token()), whole, whole ? watched.ids() : ids, m_pollNumber);
}

QCoro::Task<void> ClusterMonitor::Private::run(QPointer<ClusterMonitor> monitor, Databricks::Workspace workspace,
                                               bool whole, QStringList ids, int pollNumber)
{
    ClusterPoll poll;
    if (whole)
        poll = co_await pollAll(workspace, ids);
    else
        poll = co_await pollSome(workspace, ids);
    if (!monitor || monitor->d->m_pollNumber != pollNumber)
        co_return;
    const Signals toEmit = monitor->d->receive(poll);
    emitAll(monitor, toEmit);
}

Signals ClusterMonitor::Private::receive(const ClusterPoll &poll)
{
    m_polling = false;
    m_sincePoll.start();
    Signals toEmit;
    if (poll.error) {
        toEmit = fail(*poll.error);
    } else {
        m_failures = 0;
        if (poll.whole)
            m_sinceWhole.start();
        merge(poll, toEmit);
    }
    // Asked to refresh meanwhile: what was refused may have been the old token.
    if (wantsWhole)
        unauthorized = false;
    schedule();
    return toEmit;
}

Signals ClusterMonitor::Private::fail(const Databricks::ApiError &error)
{
    using Kind = Databricks::ApiError::Kind;
    // Its own polls that are aborted are not received: the network access manager has gone.
    if (error.kind() == Kind::Cancelled) {
        started = false;
        return {};
    }
    ++m_failures;
    unauthorized = error.kind() == Kind::Unauthenticated || error.kind() == Kind::NoCredentials;
    const QString message = error.text();
    return {[message, refused = unauthorized](ClusterMonitor *monitor) { Q_EMIT monitor->failed(message, refused); }};
}

void ClusterMonitor::Private::merge(const ClusterPoll &poll, Signals &toEmit)
{
    const QList<Cluster> before = clusters;
    if (poll.whole) {
        clusters = poll.clusters;
    } else {
        for (const Cluster &fresh : poll.clusters) {
            const auto known = std::ranges::find(clusters, fresh.id, &Cluster::id);
            if (known != clusters.end())
                *known = fresh;
        }
        clusters.removeIf([&poll](const Cluster &cluster) { return poll.gone.contains(cluster.id); });
    }
    toEmit.append([list = clusters](ClusterMonitor *monitor) { Q_EMIT monitor->updated(list); });

    const QList<ClusterChange> changes = before.isEmpty() ? QList<ClusterChange>() : changesBetween(before, clusters);
    if (!changes.isEmpty())
        toEmit.append([changes](ClusterMonitor *monitor) { Q_EMIT monitor->changed(changes); });

    for (const Cluster &cluster : poll.clusters + poll.unlisted)
        look(cluster, toEmit);
    for (const QString &id : poll.gone) {
        if (!watched.remove(id))
            continue;
        const auto known = std::ranges::find(before, id, &Cluster::id);
        Cluster cluster;
        cluster.id = id;
        cluster.name = known == before.end() ? QString() : known->name;
        cluster.state = u"UNKNOWN"_s;
        cluster.stateMessage = u"The cluster does not exist any more, or is not visible to this user."_s;
        toEmit.append([cluster](ClusterMonitor *monitor) { Q_EMIT monitor->watchedSettled(cluster, false); });
    }
}

/// Who receives a signal may stop or delete the monitor.
void ClusterMonitor::Private::emitAll(QPointer<ClusterMonitor> monitor, Signals toEmit)
{
    for (const auto &emitOne : std::as_const(toEmit)) {
        if (!monitor || !monitor->d->started)
            return;
        emitOne(monitor);
    }
}

void ClusterMonitor::Private::look(const Cluster &cluster, Signals &toEmit)
{
    if (!m_watchedAtStart.contains(cluster.id))
        return;
    const std::optional<bool> running = watched.look(cluster);
    if (running) {
        toEmit.append(
            [cluster, runs = *running](ClusterMonitor *monitor) { Q_EMIT monitor->watchedSettled(cluster, runs); });
    }
}

ClusterMonitor::ClusterMonitor(Databricks::Workspace workspace, Pace pace, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(workspace), pace))
{}

ClusterMonitor::~ClusterMonitor()
{
    d->abort();
}

void ClusterMonitor::remember(const QList<Cluster> &clusters)
{
    d->clusters = clusters;
}

void ClusterMonitor::start()
{
    if (std::exchange(d->started, true))
        return;
    d->unauthorized = false;
    d->wantsWhole = true;
    d->schedule();
}

void ClusterMonitor::stop()
{
    d->started = false;
    d->abort();
}

void ClusterMonitor::setVisible(bool visible)
{
    if (std::exchange(d->visible, visible) != visible)
        d->schedule();
}

void ClusterMonitor::refresh()
{
    if (!d->started)
        return;
    d->unauthorized = false;
    d->wantsWhole = true;
    d->schedule();
}

void ClusterMonitor::watch(const QString &clusterId)
{
    d->watched.add(clusterId);
    d->schedule();
}

const QList<Cluster> &ClusterMonitor::clusters() const
{
    return d->clusters;
}

} // namespace Monitor
