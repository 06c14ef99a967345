#include "gui/clusters/clustermodel.h"

#include "gui/widgets/appearance.h"
#include "gui/widgets/text.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

struct StateLook
{
    QStringView state; ///< as the API spells it
    Tone tone;
};

/// In the order in which they are listed; what the API adds comes last.
constexpr std::array StateLooks{StateLook{u"RUNNING", Tone::Good},
                                StateLook{u"PENDING", Tone::Active},
                                StateLook{u"RESTARTING", Tone::Active},
                                StateLook{u"RESIZING", Tone::Active},
                                StateLook{u"TERMINATING", Tone::Caution},
                                StateLook{u"TERMINATED", Tone::Quiet},
                                StateLook{u"ERROR", Tone::Bad}};

auto lookOf(const QString &state)
{
    return std::find_if(StateLooks.begin(), StateLooks.end(),
                        [&](const StateLook &look) { return look.state == state; });
}

int rank(const QString &state)
{
    return int(lookOf(state) - StateLooks.begin());
}

Tone tone(const QString &state)
{
    const auto look = lookOf(state);
    return look == StateLooks.end() ? Tone::Quiet : look->tone;
}

/// "2 h 14 min" while it is up, "ended 3 d 4 h ago" afterwards.
QString uptime(const Monitor::Cluster &cluster)
{
    const bool ended = cluster.state == u"TERMINATED"_s || cluster.state == u"ERROR"_s;
    if (ended)
        return cluster.terminated.isValid()
                   ? ClusterModel::tr("ended %1 ago").arg(formatDuration(timeSince(cluster.terminated)))
                   : QString();
    return cluster.started.isValid() ? formatDuration(timeSince(cluster.started)) : QString();
}

} // namespace

int ClusterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_clusters.size());
}

int ClusterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

void ClusterModel::setClusters(const QList<Monitor::Cluster> &clusters)
{
    removeMissing(clusters);

    QHash<QString, int> rows;
    for (int row = 0; row < m_clusters.size(); ++row)
        rows.insert(m_clusters.at(row).id, row);

    QList<Monitor::Cluster> added;
    for (const Monitor::Cluster &cluster : clusters) {
        if (!rows.contains(cluster.id)) {
            rows.insert(cluster.id, -1);
            added << cluster;
            continue;
        }
        const int row = rows.value(cluster.id);
        if (row < 0 || m_clusters.at(row) == cluster)
            continue;
        m_clusters[row] = cluster;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    if (added.isEmpty())
        return;
    beginInsertRows({}, int(m_clusters.size()), int(m_clusters.size() + added.size()) - 1);
    m_clusters += added;
    endInsertRows();
}

void ClusterModel::removeMissing(const QList<Monitor::Cluster> &clusters)
{
    QSet<QString> present;
    for (const Monitor::Cluster &cluster : clusters)
        present.insert(cluster.id);

    for (int last = int(m_clusters.size()) - 1; last >= 0; --last) {
        if (present.contains(m_clusters.at(last).id))
            continue;
        int first = last;
        while (first > 0 && !present.contains(m_clusters.at(first - 1).id))
            --first;
        beginRemoveRows({}, first, last);
        m_clusters.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void ClusterModel::refreshTimes()
{
    if (!m_clusters.isEmpty())
        Q_EMIT dataChanged(index(0, Uptime), index(rowCount() - 1, Uptime), {Qt::DisplayRole});
}

QVariant ClusterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Monitor::Cluster &cluster = m_clusters.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(cluster, index.column());
    case Qt::ToolTipRole:
        return toolTip(cluster);
    case IdRole:
        return cluster.id;
    case StateRole:
        return cluster.state;
    case ToneRole:
        return int(tone(cluster.state));
    case SortRole:
        return sortValue(cluster, index.column());
    default:
        return {};
    }
}

QString ClusterModel::text(const Monitor::Cluster &cluster, int column) const
{
    switch (column) {
    case Name:
        return displayText(cluster.name.isEmpty() ? cluster.id : cluster.name);
    case State:
        return displayText(cluster.state);
    case Workers:
        return displayText(cluster.workers);
    case Runtime:
        return displayText(cluster.runtime);
    case Creator:
        return displayText(cluster.creator);
    default:
        return uptime(cluster);
    }
}

QVariant ClusterModel::sortValue(const Monitor::Cluster &cluster, int column) const
{
    switch (column) {
    case State:
        return rank(cluster.state);
    case Uptime:
        return cluster.started;
    default:
        return text(cluster, column);
    }
}

QString ClusterModel::toolTip(const Monitor::Cluster &cluster) const
{
    QStringList lines{displayText(cluster.name), tr("Id: %1").arg(displayText(cluster.id))};
    if (!cluster.nodeType.isEmpty())
        lines << tr("Node type: %1").arg(displayText(cluster.nodeType));
    if (cluster.started.isValid())
        lines << tr("Started: %1").arg(formatDateTime(cluster.started));
    if (cluster.terminated.isValid())
        lines << tr("Ended: %1").arg(formatDateTime(cluster.terminated));
    if (!cluster.terminationCode.isEmpty())
        lines << tr("Reason: %1").arg(displayText(cluster.terminationCode));
    if (!cluster.stateMessage.isEmpty())
        lines << displayText(cluster.stateMessage, 300);
    return plainToolTip(lines.join(u'\n'));
}

QVariant ClusterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Name"), tr("State"), tr("Workers"), tr("Runtime"), tr("Creator"), tr("Uptime")};
    return titles.value(section);
}

} // namespace Gui
