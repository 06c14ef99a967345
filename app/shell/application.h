#pragma once

#include "gui/window/controller.h"
#include "instance/serveraccess.h"
#include "settings/settings.h"
#include "shell/accesskeysource.h"
#include "shell/commandline.h"
#include "shell/problems.h"
#include "shell/rulessource.h"
#include "shell/servicethread.h"
#include "shell/sessionlock.h"
#include "shell/workspacesource.h"

#include <memory>

/// What the window, or the headless run, sees of the program: it tells the service in its thread what to serve, from
/// where the workspace, the access key and the rules come from, and keeps what became of that.
class Application final : public Gui::Controller
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Application)

public:
    Application(CommandLine commandLine, Settings::Store *settings, Credentials::Keychain *keychain,
                QObject *parent = nullptr);
    ~Application() override;

    /// Reads the profile and starts the server, where the settings say so.
    void begin();
    /// A token that is to be used now and kept nowhere: there is no keychain to keep it in.
    void useTokenForThisRun(const Credentials::Profile &profile, const QString &token);
    /// A problem of what this does not know, or its end (empty).
    void tell(Problems::Source source, const QString &problem) { m_problems.set(source, problem); }
    /// Changes with the serverStatus().
    Instance::ServerAccess whereItServes() const;

    Gui::ServerStatus serverStatus() const override;
    Gui::WorkspaceStatus workspaceStatus() const override { return m_workspace; }
    QByteArray accessKey() const override { return m_accessKey.key(); }
    Credentials::AccessKeys accessKeys() const override { return m_accessKey.keys(); }
    bool canEditAccessKeys() const override { return m_accessKey.isEditable(); }
    Clients::Relay relay() const override;
    QStringList problems() const override { return m_problems.texts(); }
    QList<Gui::ToolsetInfo> toolsets() const override;
    Gui::ModeStatus mode() const override { return m_rules.mode(); }
    QList<Calls::Grant> grants() const override { return m_grants; }
    void startServer() override;
    void stopServer() override;
    void refreshClusters() override;
    void loadCalls(qint64 before, int count) override;
    void answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer) override;
    void countRows(qint64 callId) override;
    void revokeGrant(qint64 grantId) override;
    void setMode(Calls::Mode mode, std::chrono::minutes trustFor) override;
    void cancelCall(qint64 callId) override;
    void setWindowVisible(bool visible) override;
    void reloadSettings() override;
    void replaceAccessKey() override;
    QByteArray makeAccessKey(const QString &name) override;
    void revokeAccessKey(const QString &name) override;
    void quit() override;

Q_SIGNALS:
    /// The server listens, at serverStatus().url.
    void serverStarted();
    /// The service has ended and its thread with it.
    void finished();
    /// The access key could not be kept in the keychain and holds for this run.
    void accessKeyIsTemporary(const QString &reason);

private:
    void connectSources();
    void followSessionLock();
    void connectProblems();
    QString settingsProblem() const;
    void connectServer();
    void connectWorkspace();
    void useWorkspace(const WorkspaceChoice &choice);
    void tellOfTemporaryKey();
    void followAccessKey();
    void setWorkspace(Gui::WorkspaceStatus::State state, const QString &message = {});
    void setServer(Gui::ServerStatus::State state, const QString &message = {});
    EndpointConfiguration endpoint() const;
    void listen();

    const CommandLine m_commandLine;
    Settings::Store *m_settings;
    WorkspaceSource m_workspaceSource;
    AccessKeySource m_accessKey;
    RulesSource m_rules;
    std::unique_ptr<SessionLock> m_lock; ///< null without a window: nobody sits there
    Problems m_problems;
    ServiceThread m_thread;
    Gui::ServerStatus m_server;
    Gui::WorkspaceStatus m_workspace;
    EndpointConfiguration m_endpoint; ///< of the listener
    QList<Calls::Grant> m_grants;
    QByteArray m_toldKey; ///< the key of the last accessKeyIsTemporary()
    int m_session = 0;    ///< the service's; what is told of an earlier one comes late
    bool m_startWanted = false;
    bool m_ending = false;
};
