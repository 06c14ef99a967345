#pragma once

#include "calls/calllog.h"
#include "databricks/workspace.h"
#include "mcp/server.h"
#include "tools/session.h"

#include <memory>

namespace Tools {

/// A call as a tool's coroutine sees it: arguments that fit the schema, its own workspace, progress, cancellation.
/// A light handle, passed by value.
class ToolCall
{
public:
    ToolCall(Mcp::ToolInvocation invocation, std::shared_ptr<Calls::Call> call, std::shared_ptr<const Session> session);

    const Databricks::Workspace &workspace() const { return m_workspace; }
    const Session &session() const { return *m_session; }
    std::stop_token stopToken() const { return m_invocation.stopToken(); }

    bool has(const QString &name) const;
    QString text(const QString &name, const QString &fallback = {}) const;
    qint64 number(const QString &name, qint64 fallback = 0) const;
    bool flag(const QString &name, bool fallback = false) const;
    QStringList texts(const QString &name) const;

    /// The argument cluster_id, or else the profile's default cluster. Throws ApiError where there is neither.
    QString clusterId() const;

    /// Names for the person what the call works on: "Shared Autoscaling Americas".
    void setTarget(const QString &words) const { m_call->setTarget(words); }
    /// Tells the client and the window how far the work is.
    void progress(double done, double total, const QString &message) const;

private:
    QJsonValue argument(const QString &name) const { return m_invocation.request().arguments.value(name); }

    Mcp::ToolInvocation m_invocation;
    std::shared_ptr<Calls::Call> m_call;
    std::shared_ptr<const Session> m_session;
    Databricks::Workspace m_workspace;
};

} // namespace Tools
