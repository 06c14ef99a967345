#pragma once

#include "calls/calllog.h"
#include "http/server.h"
#include "mcp/transport/server.h"
#include "monitor/clustermonitor.h"
#include "shell/sampleprocess.h"
#include "tools/host/session.h"
#include "tools/host/toolhost.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

/// What clients may do, in whichever workspace. A value, made in the window's thread.
struct Rules
{
    Calls::Policy policy;
    QStringList toolsets; ///< empty: the default ones
    QString exportFolder;
};

/// How to reach the workspace and what may be done there. A value, made in the window's thread.
struct SessionConfiguration
{
    int number = 0; ///< what is told of this session carries it
    QString profile;
    QUrl host; ///< as the token: of the sample it is found out
    QString token;
    QString missingToken; ///< why there is no token
    bool sample = false;
    QString defaultClusterId;
    QString defaultWarehouseId;
    Rules rules;

    /// Whether it is the same workspace, reached with the same identity.
    bool isSameIdentity(const SessionConfiguration &other) const
    {
        return profile == other.profile && host == other.host && token == other.token && sample == other.sample;
    }
};

/// Where and for whom to serve.
struct EndpointConfiguration
{
    QList<QHostAddress> addresses;
    quint16 port = 8080;
    QByteArray accessKey; ///< empty: none is asked for

    bool operator==(const EndpointConfiguration &) const = default;
};

/// The server and all that works for it, in a thread and event loop of its own: HTTP, MCP, tools, Databricks, journal
/// and monitor. What the window does can't hold up an answer, and the reverse. Everything that crosses the threads is a
/// value. Its functions are called through QMetaObject::invokeMethod.
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
    void useSession(const SessionConfiguration &configuration);
    /// Holds from the next call on; the workspace and the listener stay as they are.
    void useRules(const Rules &rules);
    /// A server that listens elsewhere, or with another key, is stopped first.
    void startServer(const EndpointConfiguration &configuration);
    void stopServer();
    void refresh();
    void setVisible(bool visible);
    void loadCalls(qint64 before, int count);
    void answerApproval(qint64 callId, Calls::Approval approval);
    void cancelCall(qint64 callId);
    /// Stops everything; ended() follows when nothing runs any more.
    void end();

Q_SIGNALS:
    void serverStarted(const QUrl &url);
    void serverStopped();
    void serverFailed(const QString &message);
    void journalProblemFound(const QString &message);
    /// There is a workspace at this address, and what is served from now on is for it.
    void sessionReady(const QUrl &host);
    void signedIn(int session, const QString &user);
    void workspaceFailed(int session, const QString &message, bool unauthorized);
    void callOpened(const Calls::Record &record);
    void callChanged(const Calls::Record &record);
    void callsLoaded(const QList<Calls::Record> &records);
    void runningCallsChanged(int running);
    void clustersUpdated(const QList<Monitor::Cluster> &clusters);
    void clusterSettled(const Monitor::Cluster &cluster, bool running);
    void ended();

private:
    /// The configuration with the sample's address and token, or with the reason why there are none; with neither while
    /// the sample starts. A configuration that is new starts one that does not run.
    SessionConfiguration withSample(SessionConfiguration configuration);
    void offer();
    void runMonitor();
    void announceChanges(const QList<Monitor::Cluster> &clusters);
    void closeContexts();
    void finishEnding();
    void signIn();
    void journalRefusal(const Http::RequestHead &head, const Http::Refusal &refusal);

    Options m_options;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<Calls::CallLog> m_calls;
    std::unique_ptr<SampleProcess> m_sample;
    SessionConfiguration m_configuration;
    std::shared_ptr<const Tools::Session> m_session;
    std::unique_ptr<Tools::ToolHost> m_tools;
    std::unique_ptr<Mcp::Server> m_mcp;
    std::unique_ptr<Monitor::ClusterMonitor> m_monitor;
    QHash<QString, QString> m_clusterStates; ///< by id, as clients that listen know them
    std::unique_ptr<Http::Server> m_http;
    EndpointConfiguration m_endpoint;                 ///< of m_http
    std::optional<EndpointConfiguration> m_postponed; ///< until there is a session
    std::stop_source m_signIn;
    QElapsedTimer m_refusalWindow;
    int m_refusals = 0;
    bool m_visible = false;
    bool m_watched = false; ///< by a client that subscribed to a cluster
    bool m_ending = false;
};
