#pragma once

#include "gui/clusters/clustermodel.h"
#include "gui/clusters/clusterproxy.h"
#include "gui/window/controller.h"

#include <QElapsedTimer>
#include <QWidget>

namespace Gui {

class PaneHeader;
class Table;

/// The clusters of the workspace and how fresh what is shown of them is.
class ClusterPane : public QWidget
{
    Q_OBJECT

public:
    explicit ClusterPane(Controller *controller, QWidget *parent = nullptr);

    void focusFilter();
    /// A second went by.
    void tick();

private:
    void showClusters(const QList<Monitor::Cluster> &clusters);
    void showFailure(const QString &message);
    void setStale(bool stale);
    void showWorkspace(const WorkspaceStatus &status);
    void showNote();
    void showMenu(const QPoint &position);
    QString freshness() const;

    Controller *m_controller;
    ClusterModel m_model;
    ClusterProxy m_proxy;
    PaneHeader *m_header;
    Table *m_table;
    QElapsedTimer m_updated;
    QUrl m_host;
    QString m_failure;
};

} // namespace Gui
