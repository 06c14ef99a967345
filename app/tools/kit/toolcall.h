#pragma once

#include "calls/calllog.h"
#include "databricks/workspace.h"
#include "mcp/types/tool.h"
#include "tools/host/session.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QPointer>

#include <memory>

namespace Tools {

/// " list_jobs lists them with their names." for an argument of a tool that wants an id; empty where nothing lists what
/// it names.
QString whereIdsAre(const QString &argument, const QString &tool);

/// A call as a tool's coroutine sees it: arguments that fit the schema, its own workspace, progress, cancellation.
/// A light handle, passed by value.
class ToolCall
{
public:
    ToolCall(Mcp::ToolInvocation invocation, std::shared_ptr<Calls::Call> call, std::shared_ptr<const Session> session,
             QDeadlineTimer due);

    const Databricks::Workspace &workspace() const { return m_workspace; }
    const Session &session() const { return *m_session; }
    const Mcp::Client &client() const { return m_invocation.request().client; }
    /// Fires when the client or the person cancels the call.
    std::stop_token stopToken() const { return m_stop; }
    /// Until the client should have an answer, or a handle where the work takes longer. The workspace's requests end
    /// with it, too.
    std::chrono::milliseconds timeLeft() const;

    const QJsonObject &arguments() const { return m_invocation.request().arguments; }
    bool has(const QString &name) const;
    /// The ids of a warehouse and a cluster also where their HTTP paths were given.
    QString text(const QString &name, const QString &fallback = {}) const;
    qint64 number(const QString &name, qint64 fallback = 0) const;
    double real(const QString &name, double fallback = 0) const { return argument(name).toDouble(fallback); }
    /// An id that is a number to the API and text to models (64 bits do not fit into a JavaScript number). Throws
    /// ApiError BadRequest, with the argument's name, for text that is no such number.
    qint64 id(const QString &name) const;
    bool flag(const QString &name, bool fallback = false) const;
    QStringList texts(const QString &name) const;
    QJsonObject object(const QString &name) const { return argument(name).toObject(); }
    QJsonArray array(const QString &name) const { return argument(name).toArray(); }

    /// The argument cluster_id, or else the profile's default cluster. Throws ApiError where there is neither.
    QString clusterId() const;
    /// The argument warehouse_id, or else the profile's default warehouse. Throws ApiError where there is neither.
    QString warehouseId() const;
    /// The call's workspace for what goes on when the call is stopped, such as stopping there what the call began. It
    /// ends with a stop token of its own, and has time.
    Databricks::Workspace beyondCall(std::stop_token stop = {}) const;

    /// The same call for what a person wants to know before it begins: its requests end after so long.
    ToolCall within(std::chrono::milliseconds time) const;
    /// The same call for what a person has found out from its card: it ends with the card's stop token or after so
    /// long, whatever becomes of the call, and tells nobody how far it is. Its exchanges stand on the card's call.
    ToolCall forCard(QPointer<Calls::CallLog> log, std::stop_token stop, std::chrono::milliseconds time) const;
    /// The same call, asking before each request that may change something: beforeChange throws ApiError where it must
    /// not be sent any more.
    ToolCall guarded(std::function<void()> beforeChange) const;

    /// The answer that follows is not the call's end: the work goes on with what this returns, a call without a client,
    /// and closes it with end().
    ToolCall goOn() const;
    /// How the work ended that went on.
    void end(const Mcp::ToolResult &result) const;

    /// Names for the person what the call works on: "Shared Autoscaling Americas".
    void setTarget(const QString &words) const;
    /// Tells the client and the window how far the work is.
    void progress(double done, double total, const QString &message) const;

private:
    QJsonValue argument(const QString &name) const { return m_invocation.request().arguments.value(name); }

    Mcp::ToolInvocation m_invocation;
    std::shared_ptr<Calls::Call> m_call;
    std::shared_ptr<const Session> m_session;
    std::stop_token m_stop;
    bool m_isForCard = false;
    QDeadlineTimer m_due;
    Databricks::Workspace m_workspace;
};

} // namespace Tools
