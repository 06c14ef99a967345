#include "gui/window/serverbar.h"

#include "clients/cursor.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/clipboard.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"
#include "gui/window/grantmenu.h"
#include "gui/window/modemenu.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Gui {

ServerBar::ServerBar(Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_dot(new SymbolWidget)
    , m_state(new ElidedLabel)
    , m_workspace(new LinkLabel)
    , m_user(new ElidedLabel)
    , m_copyUrl(toolButton(u"copyUrl"_s, u"copy"_s, tr("Copy URL"), tr("Copy the server's address")))
    , m_copyCursor(toolButton(u"copyCursor"_s, u"braces"_s, tr("Copy Cursor configuration"),
                              tr("Copy the entry for ~/.cursor/mcp.json, with the access key")))
    , m_addToCursor(
          toolButton(u"addToCursor"_s, u"add"_s, tr("Add to Cursor"), tr("Open Cursor and let it add this server")))
    , m_mode(toolButton(u"modeSwitch"_s, u"lock"_s, {}, {}))
    , m_grants(toolButton(u"grantList"_s, u"unlock"_s, {}, tr("What you allowed for a while: click to revoke it")))
    , m_toggle(toolButton(u"serverToggle"_s, u"play"_s, tr("Start"), tr("Start or stop the server")))
    , m_menu(toolButton(u"menuButton"_s, u"menu"_s, {}, tr("Menu")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 10, 10);
    row->setSpacing(6);
    row->addWidget(words(), 1);
    for (QToolButton *button : {m_copyUrl, m_copyCursor, m_addToCursor, m_grants, m_mode, m_toggle, m_menu})
        row->addWidget(button);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setAutoRaise(true);
    m_menu->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);

    connect(m_copyUrl, &QToolButton::clicked, this, &ServerBar::copyUrl);
    connect(m_copyCursor, &QToolButton::clicked, this, &ServerBar::copyCursor);
    connect(m_addToCursor, &QToolButton::clicked, this, &ServerBar::addToCursor);
    for (QToolButton *button : {m_mode, m_grants}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setPopupMode(QToolButton::InstantPopup);
    }
    m_mode->setMenu(new ModeMenu(controller, this));
    m_grants->setMenu(new GrantMenu(controller, this));
    connect(controller, &Controller::modeChanged, this, &ServerBar::showMode);
    connect(controller, &Controller::grantsChanged, this, &ServerBar::showGrants);
    connect(m_toggle, &QToolButton::clicked, this, &ServerBar::toggleServer);
    connect(controller, &Controller::serverStatusChanged, this, &ServerBar::showServer);
    connect(controller, &Controller::workspaceStatusChanged, this, &ServerBar::showWorkspace);
    showServer(controller->serverStatus());
    showWorkspace(controller->workspaceStatus());
    showMode();
    showGrants();
}

QWidget *ServerBar::words()
{
    auto *words = new QWidget;
    auto *lines = new QGridLayout(words);
    lines->setContentsMargins(0, 0, 6, 0);
    lines->setHorizontalSpacing(7);
    lines->setVerticalSpacing(3);

    setWeight(m_state, QFont::DemiBold);
    m_state->setObjectName(u"serverState"_s);
    m_workspace->setObjectName(u"workspaceLink"_s);
    m_user->setObjectName(u"workspaceUser"_s);
    m_user->setQuiet();

    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_workspace);
    second->addWidget(m_user, 1);
    lines->addWidget(m_dot, 0, 0);
    lines->addWidget(m_state, 0, 1);
    lines->addLayout(second, 1, 1);
    lines->setColumnStretch(1, 1);
    return words;
}

void ServerBar::showServer(const ServerStatus &status)
{
    const bool up = status.isUp();
    const bool failed = status.state == ServerStatus::State::Failed;
    m_state->setText(status.text());
    m_state->setToolTip(status.accessKeyRequired
                            ? QString()
                            : tr("No access key is required: every program on this machine can call it."));
    m_dot->setSymbol(failed ? u"error"_s
                     : up   ? u"dot"_s
                            : u"ring"_s,
                     failed ? Tone::Bad
                     : up   ? Tone::Good
                            : Tone::Quiet);
    m_toggle->setText(up ? tr("Stop") : tr("Start"));
    m_toggle->setAccessibleName(up ? tr("Stop the server") : tr("Start the server"));
    m_toggle->setIcon(symbolIcon(up ? u"stop"_s : u"play"_s));
    for (QToolButton *button : {m_copyUrl, m_copyCursor, m_addToCursor})
        button->setEnabled(status.url.isValid() && !status.url.isEmpty());
}

void ServerBar::showWorkspace(const WorkspaceStatus &status)
{
    m_workspace->setVisible(!status.host.isEmpty());
    m_workspace->setLink(status.host.host(), status.host);
    m_workspace->setToolTip(tr("Open the workspace in the browser"));

    QStringList words;
    if (status.state == WorkspaceStatus::State::NotConfigured)
        words << tr("No workspace yet");
    if (status.state == WorkspaceStatus::State::Connecting)
        words << tr("connecting…");
    if (!status.user.isEmpty())
        words << displayText(status.user);
    if (status.sample)
        words << tr("Sample");
    m_user->setText(words.join(u" · "_s));
    m_user->updateGeometry();
}

void ServerBar::showMode()
{
    const ModeStatus status = m_controller->mode();
    const bool trusts = status.mode == Calls::Mode::Trust;
    m_mode->setText(modeText(status));
    m_mode->setIcon(symbolIcon(trusts                                 ? u"warning"_s
                               : status.mode == Calls::Mode::ReadOnly ? u"lock"_s
                                                                      : u"waiting"_s));
    m_mode->setToolTip(status.isFixed ? tr("Started read-only: clients can change nothing")
                                      : tr("What clients may do without asking you"));
    QPalette colours;
    if (trusts) {
        colours.setColor(QPalette::Button,
                         mixed(toneColour(Tone::Bad, colours), colours.color(QPalette::Button), 0.35));
        colours.setColor(QPalette::ButtonText, colours.color(QPalette::Text));
    }
    m_mode->setPalette(colours);
}

void ServerBar::showGrants()
{
    const QList<Calls::Grant> grants = m_controller->grants();
    m_grants->setVisible(!grants.isEmpty());
    if (grants.isEmpty())
        return;
    const auto next = std::ranges::min(grants, {}, &Calls::Grant::until).until;
    const auto left = std::chrono::milliseconds(QDateTime::currentDateTimeUtc().msecsTo(next));
    m_grants->setText(tr("Allowed: %1 · %2").arg(grants.size()).arg(formatDuration(left)));
}

void ServerBar::tick()
{
    if (m_controller->mode().mode == Calls::Mode::Trust)
        showMode();
    showGrants();
}

void ServerBar::toggleServer()
{
    if (m_controller->serverStatus().isUp())
        m_controller->stopServer();
    else
        m_controller->startServer();
}

void ServerBar::copyUrl()
{
    QGuiApplication::clipboard()->setText(m_controller->serverStatus().url.toString());
    Q_EMIT said(tr("The address is in the clipboard."));
}

void ServerBar::copyCursor()
{
    const QByteArray key = m_controller->accessKey();
    copySecret(QString::fromUtf8(Clients::cursorConfiguration(m_controller->serverStatus().url, key)));
    Q_EMIT said(key.isEmpty() ? tr("The configuration is in the clipboard. Paste it into ~/.cursor/mcp.json.")
                              : tr("The configuration, with the access key, is in the clipboard. "
                                   "Paste it into ~/.cursor/mcp.json."));
}

void ServerBar::addToCursor()
{
    const QUrl link = Clients::cursorInstallLink(m_controller->relay());
    if (QDesktopServices::openUrl(link))
        Q_EMIT said(tr("Cursor asks whether to add the server."));
    else
        Q_EMIT said(tr("Cursor could not be opened. Is it installed? Copy the configuration instead."));
}

void ServerBar::resizeEvent(QResizeEvent *event)
{
    // The shorter the window, the more of the buttons are told by their symbol and tool tip alone.
    const int letters = width() / fontMetrics().averageCharWidth();
    const auto setWords = [](QToolButton *button, bool words) {
        button->setToolButtonStyle(words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    };
    setWords(m_copyUrl, letters > 175);
    setWords(m_copyCursor, letters > 125);
    setWords(m_addToCursor, letters > 125);
    QWidget::resizeEvent(event);
}

void ServerBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Base), palette().color(QPalette::Window), 0.6));
    painter.fillRect(0, height() - 1, width(), 1, lineColour(palette()));
}

} // namespace Gui
