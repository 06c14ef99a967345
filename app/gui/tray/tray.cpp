#include "gui/tray/tray.h"

#include "gui/widgets/appearance.h"
#include "gui/window/grantmenu.h"
#include "gui/window/modemenu.h"

#include <QAction>
#include <QEvent>
#include <QGuiApplication>
#include <QHash>
#include <QIcon>
#include <QMenu>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

Tray::Look lookOf(const ServerStatus &server, const WorkspaceStatus &workspace, int running, int waiting)
{
    // Nothing else has only seconds to be dealt with.
    if (waiting > 0)
        return Tray::Look::Waiting;
    const bool trouble =
        workspace.state == WorkspaceStatus::State::Unauthorized || workspace.state == WorkspaceStatus::State::Failed;
    if (server.state == ServerStatus::State::Failed || trouble)
        return Tray::Look::Error;
    if (server.state != ServerStatus::State::Running)
        return Tray::Look::Stopped;
    return running > 0 ? Tray::Look::Busy : Tray::Look::Running;
}

QString iconName(Tray::Look look)
{
    static const QHash<Tray::Look, QString> names{{Tray::Look::Stopped, u"stopped"_s},
                                                  {Tray::Look::Running, u"running"_s},
                                                  {Tray::Look::Busy, u"busy"_s},
                                                  {Tray::Look::Error, u"error"_s},
                                                  {Tray::Look::Waiting, u"waiting"_s}};
    return names.value(look);
}

/// The tool tip is the only place where the reason stands.
QString stateText(const ServerStatus &server)
{
    return server.state == ServerStatus::State::Failed && !server.message.isEmpty() ? server.message : server.text();
}

} // namespace

Tray::Tray(Controller *controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
    , m_menu(std::make_unique<QMenu>())
    , m_icon(new QSystemTrayIcon(this))
{
    makeMenu();
    connect(controller, &Controller::serverStatusChanged, this, &Tray::showState);
    connect(controller, &Controller::workspaceStatusChanged, this, &Tray::showState);
    connect(controller, &Controller::modeChanged, this, &Tray::showState);
    connect(controller, &Controller::runningCallsChanged, this, [this](int running) {
        m_running = running;
        showState();
    });
    connect(m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::messageClicked);
    connect(m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT activated();
    });
    qGuiApp->installEventFilter(this);
    showState();
    showIcon();
    m_icon->show();
}

Tray::~Tray() = default;

void Tray::makeMenu()
{
    const auto add = [this](const QString &name, const QString &text, auto slot) {
        QAction *action = m_menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    add(u"trayShow"_s, tr("Show &window"), &Tray::showWanted);
    m_menu->addSeparator();
    m_start = add(u"trayStart"_s, tr("Sta&rt server"), [this] { m_controller->startServer(); });
    m_stop = add(u"trayStop"_s, tr("S&top server"), [this] { m_controller->stopServer(); });
    m_copyUrl = add(u"trayCopyUrl"_s, tr("&Copy URL"), &Tray::copyUrlWanted);
    m_menu->addSeparator();
    m_menu->addMenu(new ModeMenu(m_controller, m_menu.get()));
    m_menu->addMenu(new GrantMenu(m_controller, m_menu.get()));
    m_menu->addSeparator();
    add(u"traySettings"_s, tr("&Settings…"), &Tray::settingsWanted);
    add(u"trayQuit"_s, tr("&Quit"), [this] { m_controller->quit(); });
    m_icon->setContextMenu(m_menu.get());
}

bool Tray::isActive() const
{
    // isVisible() is true where there is no tray at all.
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::notify(const QString &title, const QString &text)
{
    m_icon->showMessage(title, m_markup.body(text), m_icon->icon());
}

void Tray::setWaiting(int calls)
{
    m_waiting = calls;
    showState();
}

void Tray::showState()
{
    const ServerStatus server = m_controller->serverStatus();
    const WorkspaceStatus workspace = m_controller->workspaceStatus();
    m_start->setVisible(!server.isUp());
    m_stop->setVisible(server.isUp());
    m_copyUrl->setEnabled(!server.url.isEmpty());

    QStringList lines{u"Bricktray: "_s + stateText(server)};
    if (m_waiting > 0)
        lines << tr("Calls that wait for your approval: %1").arg(m_waiting);
    if (const ModeStatus mode = m_controller->mode(); mode.mode != Calls::Mode::Ask)
        lines << modeText(mode);
    if (workspace.sample)
        lines << tr("Sample workspace: invented data");
    else if (!workspace.host.isEmpty())
        lines << workspace.host.host();
    if (!workspace.message.isEmpty())
        lines << workspace.message;
    // Some panels take it for markup, some do not, and none says so.
    m_icon->setToolTip(lines.join(u'\n').replace(u'<', u'‹'));

    const Look look = lookOf(server, workspace, m_running, m_waiting);
    if (look == m_look)
        return;
    m_look = look;
    showIcon();
}

void Tray::showIcon()
{
    const QString panel = isDark(QGuiApplication::palette()) ? u"dark"_s : u"light"_s;
    m_icon->setIcon(QIcon(u":/bricktray/icons/tray-%1-%2.svg"_s.arg(iconName(m_look), panel)));
}

bool Tray::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qGuiApp)
        showIcon();
    return QObject::eventFilter(watched, event);
}

} // namespace Gui
