#pragma once

#include "credentials/keychain.h"
#include "credentials/profile.h"
#include "gui/window/controller.h"
#include "instance/instance.h"
#include "instance/serveraccess.h"
#include "settings/settings.h"
#include "shell/commandline.h"
#include "shell/service.h"

#include <QThread>

#include <memory>

/// Wires the rooms together: reads settings, keychain and command line in the main thread, and from them tells the
/// service in its own thread what to serve. The window, or the headless run, sees it as its Controller.
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
    /// Answers a word from a later start of the program: "show", "start", "stop", "quit", "status".
    QString respond(const QString &request);
    /// Changes with the serverStatus().
    Instance::ServerAccess whereItServes() const;

    Gui::ServerStatus serverStatus() const override { return m_server; }
    Gui::WorkspaceStatus workspaceStatus() const override { return m_workspace; }
    QByteArray accessKey() const override { return m_accessKey; }
    QString journalProblem() const override { return m_journalProblem; }
    QList<Gui::ToolsetInfo> toolsets() const override;
    bool readOnlyIsFixed() const override { return m_commandLine.readOnly; }
    void startServer() override;
    void stopServer() override;
    void refreshClusters() override;
    void loadCalls(qint64 before, int count) override;
    void answerApproval(qint64 callId, Calls::Approval approval) override;
    void cancelCall(qint64 callId) override;
    void setWindowVisible(bool visible) override;
    void reloadSettings() override;
    void replaceAccessKey() override;
    void quit() override;

Q_SIGNALS:
    /// The service has ended and its thread with it.
    void finished();
    /// The access key could not be kept in the keychain and holds for this run.
    void accessKeyIsTemporary(const QString &reason);

private:
    void connectService();
    QCoro::Task<> loadProfile();
    QCoro::Task<> loadAccessKey();
    QCoro::Task<> storeAccessKey(QByteArray key);
    void keepAccessKey(const QByteArray &key, const QString &problem = {});
    void useSession(const Credentials::Profile &profile, const QString &token, const QString &missingToken);
    void setWorkspace(Gui::WorkspaceStatus::State state, const QString &message = {});
    void setServer(Gui::ServerStatus::State state, const QString &message = {});
    EndpointConfiguration endpoint() const;
    void listen();
    Calls::Policy policy() const;
    Rules rules() const;
    void followRules(Settings::Key key);

    CommandLine m_commandLine;
    Settings::Store *m_settings;
    Credentials::Keychain *m_keychain;
    std::unique_ptr<Service> m_service; ///< lives in m_thread, and is deleted after it has ended
    QThread m_thread;
    Gui::ServerStatus m_server;
    Gui::WorkspaceStatus m_workspace;
    SessionConfiguration m_session; ///< of the service
    QByteArray m_accessKey;
    EndpointConfiguration m_endpoint; ///< of the listener
    bool m_accessKeyKnown = false;
    bool m_startWanted = false;
    bool m_rulesChanged = false; ///< and the service is not told yet
    QString m_journalProblem;
    QString m_announcedUrl;
    Credentials::Profile m_runProfile; ///< of m_runToken
    QString m_runToken;
    int m_profileGeneration = 0; ///< a keychain answer for an earlier profile is ignored
    bool m_ending = false;
};
