#pragma once

#include "credentials/keychain.h"
#include "credentials/profile.h"
#include "gui/settings/workspacepage.h"
#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QDialog>
#include <QNetworkAccessManager>

class QTabWidget;

namespace Gui {

class KeychainTask;
class NoteLabel;
class SafetyPage;
class ServerPage;
class ToolsPage;
class WindowPage;

/// All settings. Nothing is saved before the token is in the keychain, or the person took it for this run only.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller,
                   QNetworkAccessManager *network, QWidget *parent = nullptr);

Q_SIGNALS:
    void tokenForThisRun(const Credentials::Profile &profile, const QString &token);

protected:
    void done(int result) override;

private:
    QWidget *statusRow();
    void save();
    void showKeychainResult(const Credentials::KeychainResult &result);
    void showRemoval(const Credentials::KeychainResult &result);
    void stopWaiting();
    void useForThisRun();
    void saveSettings();
    void setBusy(bool busy);

    Settings::Store *m_settings;
    Controller *m_controller;
    KeychainTask *m_writing;
    KeychainTask *m_removing;
    QTabWidget *m_tabs;
    WorkspacePage *m_workspace;
    ServerPage *m_server;
    SafetyPage *m_safety;
    ToolsPage *m_tools;
    WindowPage *m_window;
    NoteLabel *m_status;
    QPushButton *m_useForThisRun;
    QPushButton *m_stopWaiting;
    QPushButton *m_save;
    WorkspacePage::Entry m_entry;
};

} // namespace Gui
