#include "gui/clusters/clustermodel.h"

#include "gui/widgets/words.h"

#include <QHash>
#include <QLocale>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

qint64 since(const QDateTime &moment)
{
    return moment.msecsTo(QDateTime::currentDateTimeUtc());
}

/// "2 h 14 min" while it is up, "ended 3 d 4 h ago" afterwards.
QString uptime(const Monitor::Cluster &cluster)
{
    const bool ended = cluster.state == u"TERMINATED"_s || cluster.state == u"ERROR"_s;
    if (ended)
        return cluster.terminated.isValid() ? ClusterModel::tr("ended %1 ago").arg(spanWords(since(cluster.terminated)))
                                            : QString();
    return cluster.started.isValid() ? spanWords(since(cluster.started)) : QString();
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
    case SortRole:
        if (index.column() == Uptime)
            return cluster.started;
        return text(cluster, index.column());
    default:
        return {};
    }
}

QString ClusterModel::text(const Monitor::Cluster &cluster, int column) const
{
    switch (column) {
    case Name:
        return shown(cluster.name.isEmpty() ? cluster.id : cluster.name);
    case State:
        return shown(cluster.state);
    case Workers:
        return shown(cluster.workers);
    case Runtime:
        return shown(cluster.runtime);
    case Creator:
        return shown(cluster.creator);
    default:
        return uptime(cluster);
    }
}

QString ClusterModel::toolTip(const Monitor::Cluster &cluster) const
{
    const auto moment = [](const QDateTime &when) {
        return QLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
    };
    QStringList lines{shown(cluster.name), tr("Id: %1").arg(shown(cluster.id))};
    if (!cluster.nodeType.isEmpty())
        lines << tr("Node type: %1").arg(shown(cluster.nodeType));
    if (cluster.started.isValid())
        lines << tr("Started: %1").arg(moment(cluster.started));
    if (cluster.terminated.isValid())
        lines << tr("Ended: %1").arg(moment(cluster.terminated));
    if (!cluster.terminationCode.isEmpty())
        lines << tr("Reason: %1").arg(shown(cluster.terminationCode));
    if (!cluster.stateMessage.isEmpty())
        lines << shown(cluster.stateMessage, 300);
    // A tool tip that looks like markup is drawn as such.
    return u"<p style='white-space:pre-wrap'>"_s + lines.join(u'\n').toHtmlEscaped() + u"</p>"_s;
}

QVariant ClusterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case State:
        return tr("State");
    case Workers:
        return tr("Workers");
    case Runtime:
        return tr("Runtime");
    case Creator:
        return tr("Creator");
    case Uptime:
        return tr("Uptime");
    default:
        return {};
    }
}

} // namespace Gui
