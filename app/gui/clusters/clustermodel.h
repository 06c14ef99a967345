#pragma once

#include "monitor/cluster.h"

#include <QAbstractTableModel>

namespace Gui {

/// The clusters of the workspace, by id. A fresh list changes only the rows and cells that differ, so that selection
/// and scroll position stay where they are.
class ClusterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Workers, Runtime, Creator, Uptime, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole, ///< as the API spells it
        ToneRole,  ///< of its state
        SortRole   ///< a value that sorts as the column reads
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setClusters(const QList<Monitor::Cluster> &clusters);
    /// Time went by: what is counted from now is told anew.
    void refreshTimes();

    const Monitor::Cluster &cluster(int row) const { return m_clusters.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const Monitor::Cluster &cluster, int column) const;
    QVariant sortValue(const Monitor::Cluster &cluster, int column) const;
    QString toolTip(const Monitor::Cluster &cluster) const;
    void removeMissing(const QList<Monitor::Cluster> &clusters);

    QList<Monitor::Cluster> m_clusters;
};

} // namespace Gui
