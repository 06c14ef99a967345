#pragma once

#include "gui/window/bannerarea.h"
#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QMainWindow>

#include <functional>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace Gui {

class ApprovalArea;
class CallPane;
class ClusterPane;
class ServerBar;

/// The window: the server, what needs attention, the clusters and the calls.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Settings::Store *settings, Controller *controller, QWidget *parent = nullptr);

    /// Asked when the window is closed: whether something is left that brings it back. Without it closing quits.
    void setHideCheck(std::function<bool()> canHide);
    /// The session ends: the next close is real.
    void setSessionEnding();
    /// Shows, unminimises and raises.
    void bringUp();
    void say(const QString &text);
    void copyUrl();
    /// How many calls wait for an approval.
    int waiting() const;

Q_SIGNALS:
    void settingsWanted();
    /// Closed with the application going on without it.
    void hiddenAway();
    void approvalAsked(const Calls::ApprovalRequest &request);
    void waitingChanged(int calls);

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void connectController();
    void showStatus();
    void actOn(BannerArea::Action action);
    void tellVisibility();
    void restoreLayout();
    void saveLayout();

    Settings::Store *m_settings;
    Controller *m_controller;
    ServerBar *m_bar;
    ApprovalArea *m_approvals;
    BannerArea *m_banners;
    ClusterPane *m_clusters;
    CallPane *m_calls;
    QSplitter *m_splitter;
    QStackedWidget *m_body;
    QTimer *m_clock;
    std::function<bool()> m_canHide;
    bool m_sessionEnding = false;
};

} // namespace Gui
