#pragma once

#include "http/exchange.h"
#include "mcp/types/tool.h"
#include "mcp/types/toolrequest.h"
#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <stop_token>

namespace Mcp {

/// How the server introduces itself (initialize, server/discover).
struct Implementation
{
    QString name;
    QString title;
    QString version;
    QString instructions;
};

/// One tools/call on its way into a tool: valid arguments, a way to report progress, and word of cancellation.
class ToolInvocation
{
public:
    using Progress = std::function<void(double done, double total, const QString &message)>;

    ToolInvocation(ToolRequest request, std::stop_token stop, Progress progress);

    /// The request with its arguments coerced and validated against the tool's input schema.
    const ToolRequest &request() const { return m_request; }
    std::stop_token stopToken() const { return m_stop; }
    /// Tells the client how far the work is, if it asked to know. Only values above the last one are sent.
    void reportProgress(double done, double total, const QString &message) const;

private:
    ToolRequest m_request;
    std::stop_token m_stop;
    Progress m_progress;
};

/// A tool on offer: what is said of it, and the coroutine behind it. The coroutine must not throw.
struct OfferedTool
{
    Tool description;
    std::function<QCoro::Task<ToolResult>(ToolInvocation)> run;
};

/// The Model Context Protocol over the exchanges of an HTTP endpoint (revisions 2025-11-25, 2025-06-18, 2025-03-26),
/// without sessions: a restarted server leaves no client stuck.
class Server : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Server)

public:
    explicit Server(Implementation implementation, QObject *parent = nullptr);
    ~Server() override;

    /// Replaces the tools on offer, in the order in which they are listed.
    void setTools(QList<OfferedTool> tools);

    /// Answers one HTTP exchange on the MCP path.
    void handle(Http::ExchangePtr exchange);

    /// Cancels what runs.
    void cancelAll();

Q_SIGNALS:
    /// A tools/call that never reached a tool: unknown name or arguments that do not fit.
    void toolCallRefused(const Mcp::ToolRequest &request, const QString &reason);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Mcp
