#pragma once

#include "calls/calllog.h"
#include "monitor/cluster.h"
#include "shell/service/endpointconfiguration.h"
#include "shell/service/sessionconfiguration.h"

#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

class ClusterWatch;
class McpEndpoint;
class QNetworkAccessManager;
class RefusalJournal;
class SampleProcess;
class Sessions;
class SignIn;
class WorkspaceFinder;

namespace Tools {
class ToolHost;
}

/// The server and all that works for it, in a thread and event loop of its own: HTTP, MCP, tools, Databricks, journal
/// and monitor. What the window does can't hold up an answer, and the reverse. Everything that crosses the threads is a
/// value. Its functions are called by the ServiceThread.
class Service : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Service)

public:
    struct Options
    {
        QString journalFile;
        Calls::Retention retention;
        bool hasWindow = true; ///< which shows the clusters; without it they are polled only while a client listens
    };

    explicit Service(Options options);
    ~Service() override;

    /// Makes everything that must be born in this thread.
    void begin();
    void useSession(const SessionConfiguration &wanted);
    /// Holds from the next call on; the workspace and the listener stay as they are.
    void useRules(const Rules &rules);
    /// A server that listens elsewhere, or with another key, is stopped first.
    void startServer(const EndpointConfiguration &configuration);
    void stopServer();
    void refresh();
    void setVisible(bool visible);
    void loadCalls(qint64 before, int count);
    void answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer);
    void countRows(qint64 callId);
    void revokeGrant(qint64 grantId);
    void endGrants();
    void cancelCall(qint64 callId);
    /// Stops everything; ended() follows when nothing runs any more.
    void end();

Q_SIGNALS:
    void serverStarted(const QUrl &url);
    void serverStopped();
    void serverFailed(const QString &message);
    /// The journal fails, or works again (empty).
    void journalProblemChanged(const QString &problem);
    /// There is a workspace at this address, and what is served from now on is for it.
    void sessionReady(const QUrl &host);
    void signedIn(int session, const QString &user);
    void workspaceFailed(int session, const QString &message, bool unauthorized);
    void callOpened(const Calls::Record &record);
    void callChanged(const Calls::Record &record);
    void approvalRequested(const Calls::ApprovalRequest &request);
    void approvalSettled(qint64 callId);
    void grantsChanged(const QList<Calls::Grant> &grants);
    void callsLoaded(const QList<Calls::Record> &records);
    void runningCallsChanged(int running);
    void clustersUpdated(const QList<Monitor::Cluster> &clusters);
    void clusterSettled(const Monitor::Cluster &cluster, bool running);
    void ended();

private:
    void beginCalls();
    void beginEndpoint();
    void beginWatch();
    SessionConfiguration withSample(SessionConfiguration configuration);
    SessionConfiguration withWorkspace(SessionConfiguration configuration);
    void offer();
    void signIn();
    void closeContexts();
    void finishEnding();

    const Options m_options;
    std::unique_ptr<QNetworkAccessManager> m_network; ///< null before begin() and after the end
    std::unique_ptr<Calls::CallLog> m_calls;
    std::unique_ptr<RefusalJournal> m_refusals;
    std::unique_ptr<SampleProcess> m_sample;
    std::unique_ptr<Sessions> m_sessions;
    std::unique_ptr<Tools::ToolHost> m_tools;
    std::unique_ptr<McpEndpoint> m_endpoint;
    std::unique_ptr<ClusterWatch> m_clusters;
    std::unique_ptr<SignIn> m_signIn;
    std::unique_ptr<WorkspaceFinder> m_finder;
    SessionConfiguration m_wanted;
    SessionConfiguration m_configuration;             ///< the wanted one, with what was found out
    std::optional<EndpointConfiguration> m_postponed; ///< until there is a session
    bool m_ending = false;
};
