#include "gui/window/mainwindow.h"

#include "gui/approvals/approvalarea.h"
#include "gui/calls/callpane.h"
#include "gui/clusters/clusterpane.h"
#include "gui/widgets/symbol.h"
#include "gui/window/serverbar.h"
#include "gui/window/welcome.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDataStream>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

MainWindow::MainWindow(Settings::Store *settings, Controller *controller, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_controller(controller)
    , m_bar(new ServerBar(controller))
    , m_approvals(new ApprovalArea)
    , m_banners(new BannerArea)
    , m_clusters(new ClusterPane(controller))
    , m_calls(new CallPane(controller))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_body(new QStackedWidget)
    , m_clock(new QTimer(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Bricktray"_s);
    setWindowIcon(QIcon(u":/bricktray/icons/bricktray.svg"_s));

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_clusters);
    m_splitter->addWidget(m_calls);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);

    auto *welcome = new Welcome;
    connect(welcome, &Welcome::settingsWanted, this, &MainWindow::settingsWanted);
    m_body->addWidget(m_splitter);
    m_body->addWidget(welcome);

    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_approvals);
    column->addWidget(m_banners);
    column->addWidget(m_body, 1);
    // In a low window the lists give way, so that no button of a card is cut off.
    m_body->setMinimumHeight(1);
    setCentralWidget(centre);
    statusBar()->setSizeGripEnabled(false);

    makeActions();
    connectController();
    restoreLayout();
}

void MainWindow::makeActions()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"windowMenu"_s);
    const auto add = [this, menu](const QString &name, const QString &symbol, const QString &text,
                                  const QKeySequence &keys, auto slot) {
        QAction *action = menu->addAction(symbolIcon(symbol), text);
        action->setObjectName(name);
        action->setShortcut(keys);
        action->setShortcutVisibleInContextMenu(true);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(u"actionRefresh"_s, u"refresh"_s, tr("&Refresh clusters"), Qt::Key_F5,
        [this] { m_controller->refreshClusters(); });
    add(u"actionFilterClusters"_s, u"search"_s, tr("&Filter clusters"), QKeySequence::Find,
        [this] { m_clusters->focusFilter(); });
    add(u"actionFilterCalls"_s, u"search"_s, tr("Filter &calls"), Qt::CTRL | Qt::SHIFT | Qt::Key_F,
        [this] { m_calls->focusFilter(); });
    menu->addSeparator();
    add(u"actionSettings"_s, u"settings"_s, tr("&Settings…"), Qt::CTRL | Qt::Key_Comma,
        [this] { Q_EMIT settingsWanted(); });
    menu->addSeparator();
    add(u"actionQuit"_s, u"quit"_s, tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] {
        saveLayout();
        m_controller->quit();
    });
    m_bar->menuButton()->setMenu(menu);
}

void MainWindow::connectController()
{
    connect(m_bar, &ServerBar::said, this, &MainWindow::say);
    connect(m_banners, &BannerArea::triggered, this, &MainWindow::actOn);
    connect(m_approvals, &ApprovalArea::asked, this, &MainWindow::approvalAsked);
    connect(m_approvals, &ApprovalArea::countChanged, this, &MainWindow::waitingChanged);
    connect(m_approvals, &ApprovalArea::answered, m_controller, &Controller::answerApproval);
    connect(m_approvals, &ApprovalArea::countWanted, m_controller, &Controller::countRows);
    connect(m_controller, &Controller::approvalRequested, m_approvals, &ApprovalArea::put);
    connect(m_controller, &Controller::approvalSettled, m_approvals, &ApprovalArea::settle);
    connect(m_controller, &Controller::serverStatusChanged, this, &MainWindow::showStatus);
    connect(m_controller, &Controller::workspaceStatusChanged, this, &MainWindow::showStatus);
    connect(m_controller, &Controller::problemsChanged, this, &MainWindow::showStatus);
    connect(m_controller, &Controller::showRequested, this, &MainWindow::bringUp);

    m_clock->setInterval(1000);
    connect(m_clock, &QTimer::timeout, m_clusters, &ClusterPane::tick);
    connect(m_clock, &QTimer::timeout, m_calls, &CallPane::tick);
    connect(m_clock, &QTimer::timeout, m_approvals, &ApprovalArea::tick);
    connect(m_clock, &QTimer::timeout, m_bar, &ServerBar::tick);
    connect(m_clock, &QTimer::timeout, this, &MainWindow::showStatus);
    showStatus();
}

void MainWindow::showStatus()
{
    const WorkspaceStatus workspace = m_controller->workspaceStatus();
    m_banners->showStatus(m_controller->serverStatus(), workspace, m_controller->problems());
    m_body->setCurrentIndex(workspace.state == WorkspaceStatus::State::NotConfigured ? 1 : 0);
}

void MainWindow::actOn(BannerArea::Action action)
{
    switch (action) {
    case BannerArea::Action::OpenSettings:
        Q_EMIT settingsWanted();
        break;
    case BannerArea::Action::StartServer:
        m_controller->startServer();
        break;
    case BannerArea::Action::ReadKeychain:
        m_controller->reloadSettings();
        break;
    case BannerArea::Action::Retry:
        m_controller->refreshClusters();
        break;
    }
}

void MainWindow::setHideCheck(std::function<bool()> canHide)
{
    m_canHide = std::move(canHide);
}

void MainWindow::setSessionEnding()
{
    m_sessionEnding = true;
    saveLayout();
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::say(const QString &text)
{
    statusBar()->showMessage(text, 6000);
}

int MainWindow::waiting() const
{
    return m_approvals->count();
}

void MainWindow::copyUrl()
{
    m_bar->copyUrl();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    // Always accepted: a window that refuses to close blocks the end of the session.
    event->accept();
    if (!m_sessionEnding && m_canHide && m_canHide())
        Q_EMIT hiddenAway();
    else
        m_controller->quit();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    tellVisibility();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    tellVisibility();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        tellVisibility();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_approvals->setRoom(height());
}

void MainWindow::tellVisibility()
{
    const bool visible = isVisible() && !isMinimized();
    if (visible == m_clock->isActive())
        return;
    if (visible)
        m_clock->start();
    else
        m_clock->stop();
    m_controller->setWindowVisible(visible);
}

void MainWindow::restoreLayout()
{
    resize(960, 640);
    setMinimumSize(460, 360);
    restoreGeometry(m_settings->value(Settings::Key::WindowGeometry).toByteArray());
    QByteArray rows;
    QByteArray columns;
    QDataStream state(m_settings->value(Settings::Key::WindowState).toByteArray());
    state >> rows >> columns;
    if (state.status() != QDataStream::Ok || !m_splitter->restoreState(rows))
        m_splitter->setSizes({220, 320});
    if (state.status() != QDataStream::Ok || !m_calls->splitter()->restoreState(columns))
        m_calls->splitter()->setSizes({560, 400});
    m_splitter->setHandleWidth(1);
    m_calls->splitter()->setHandleWidth(1);
}

void MainWindow::saveLayout()
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_calls->splitter()->saveState();
    m_settings->setValue(Settings::Key::WindowGeometry, saveGeometry());
    m_settings->setValue(Settings::Key::WindowState, state);
}

} // namespace Gui
