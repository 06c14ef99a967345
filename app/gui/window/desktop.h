#pragma once

#include "credentials/keychain.h"
#include "credentials/profile.h"
#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

#include <memory>

namespace Gui {

class MainWindow;
class SettingsDialog;
class Tray;
class TrayProbe;

/// Everything that is seen: makes window, tray and dialogs and owns them. What it is given must outlive it.
class Desktop : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Desktop)

public:
    /// Started minimised it stays in the tray, or minimised where there is none; else it shows its window.
    Desktop(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller, bool startMinimized);
    ~Desktop() override;

    void showWindow();

Q_SIGNALS:
    /// Nothing keeps this token: there is no keychain for it.
    void tokenForThisRun(const Credentials::Profile &profile, const QString &token);

private:
    void makeTray();
    void toggleWindow();
    void openSettings();
    void hintOnce();
    void tellSettled(const Monitor::Cluster &cluster, bool running);
    void tellApproval(const Calls::ApprovalRequest &request);
    void tell(const QString &title, const QString &text);
    bool hasTray() const;

    Settings::Store *m_settings;
    Credentials::Keychain *m_keychain;
    Controller *m_controller;
    const bool m_startMinimized;
    QNetworkAccessManager m_network;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<TrayProbe> m_probe;
    QPointer<SettingsDialog> m_dialog;
};

} // namespace Gui
