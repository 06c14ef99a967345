#include "gui/window/desktop.h"

#include "gui/settings/settingsdialog.h"
#include "gui/tray/tray.h"
#include "gui/tray/trayprobe.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"
#include "gui/window/mainwindow.h"

#include <QApplication>
#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Gui {

Desktop::Desktop(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller,
                 bool startMinimized)
    : m_settings(settings)
    , m_keychain(keychain)
    , m_controller(controller)
    , m_startMinimized(startMinimized || settings->value(Settings::Key::StartMinimized).toBool())
    , m_probe(std::make_unique<TrayProbe>())
{
    loadIcons();
    QApplication::setQuitOnLastWindowClosed(false);
    m_window = std::make_unique<MainWindow>(settings, controller);
    m_window->setHideCheck([this] { return hasTray(); });

    connect(m_window.get(), &MainWindow::settingsWanted, this, &Desktop::openSettings);
    connect(m_window.get(), &MainWindow::hiddenAway, this, &Desktop::hintOnce);
    connect(m_window.get(), &MainWindow::approvalAsked, this, &Desktop::tellApproval);
    connect(controller, &Controller::clusterSettled, this, &Desktop::tellSettled);
    // Direct: after the signal the session manager goes on without us.
    connect(
        qApp, &QGuiApplication::commitDataRequest, m_window.get(), [this] { m_window->setSessionEnding(); },
        Qt::DirectConnection);
    connect(m_probe.get(), &TrayProbe::ready, this, &Desktop::makeTray);

    if (!m_startMinimized)
        m_window->show();
    // A person who starts the program in a running session should not wait for its icon.
    m_probe->start(m_startMinimized ? TrayProbe::Patience : 5s);
}

Desktop::~Desktop()
{
    // A coroutine that awaits a reply of a destroyed manager never ends.
    for (QNetworkReply *reply : m_network.findChildren<QNetworkReply *>())
        reply->abort();
    delete m_dialog.data();
}

void Desktop::makeTray()
{
    m_tray = std::make_unique<Tray>(m_controller);
    m_tray->setWaiting(m_window->waiting());
    connect(m_window.get(), &MainWindow::waitingChanged, m_tray.get(), &Tray::setWaiting);
    connect(m_tray.get(), &Tray::activated, this, &Desktop::toggleWindow);
    connect(m_tray.get(), &Tray::showWanted, this, &Desktop::showWindow);
    connect(m_tray.get(), &Tray::messageClicked, this, &Desktop::showWindow);
    connect(m_tray.get(), &Tray::settingsWanted, this, &Desktop::openSettings);
    connect(m_tray.get(), &Tray::copyUrlWanted, m_window.get(), &MainWindow::copyUrl);
    if (m_startMinimized && !m_window->isVisible() && !hasTray())
        m_window->showMinimized();
}

bool Desktop::hasTray() const
{
    return m_tray && m_tray->isActive();
}

void Desktop::showWindow()
{
    m_window->bringUp();
}

void Desktop::toggleWindow()
{
    if (m_window->isVisible() && !m_window->isMinimized() && m_window->isActiveWindow())
        m_window->close();
    else
        showWindow();
}

void Desktop::openSettings()
{
    if (!m_dialog) {
        showWindow();
        m_dialog = new SettingsDialog(m_settings, m_keychain, m_controller, &m_network, m_window.get());
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &SettingsDialog::tokenForThisRun, this, &Desktop::tokenForThisRun);
        m_dialog->open();
    }
    m_dialog->raise();
    m_dialog->activateWindow();
}

void Desktop::hintOnce()
{
    if (m_settings->value(Settings::Key::CloseHintShown).toBool())
        return;
    m_settings->setValue(Settings::Key::CloseHintShown, true);
    m_tray->notify(tr("Bricktray goes on in the tray"), tr("The server keeps running. Quit it from the icon's menu."));
}

void Desktop::tellSettled(const Monitor::Cluster &cluster, bool running)
{
    const QString name = displayText(cluster.name.isEmpty() ? cluster.id : cluster.name, 80);
    if (running)
        tell(tr("Cluster is running"), name);
    else
        tell(tr("Cluster did not start"),
             tr("%1 is %2. %3").arg(name, displayText(cluster.state), displayText(cluster.stateMessage)));
}

void Desktop::tellApproval(const Calls::ApprovalRequest &request)
{
    QApplication::alert(m_window.get());
    tell(tr("A call needs your approval"),
         tr("%1: %2 %3")
             .arg(displayText(request.client, 60), displayText(request.verb, 80), displayText(request.target, 80))
             .trimmed());
}

void Desktop::tell(const QString &title, const QString &text)
{
    m_window->say(title + u": "_s + text);
    if (hasTray() && !m_window->isActiveWindow() && m_settings->value(Settings::Key::ShowNotifications).toBool())
        m_tray->notify(title, text);
}

} // namespace Gui
