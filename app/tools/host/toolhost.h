#pragma once

#include "calls/calllog.h"
#include "mcp/types/prompt.h"
#include "mcp/types/resource.h"
#include "mcp/types/tool.h"
#include "tools/host/session.h"
#include "tools/kit/tool.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// What came of a tool: its answer, and whether what it was asked about does not exist.
class ToolOutcome
{
public:
    ToolOutcome(const Mcp::ToolResult &result, bool notFound)
        : m_result(result)
        , m_notFound(notFound)
    {}

    const Mcp::ToolResult &result() const { return m_result; }
    bool isNotFound() const { return m_notFound; }

private:
    Mcp::ToolResult m_result;
    bool m_notFound;
};

/// One call from its row in the journal to its answer: policy, approval, the tool's coroutine, errors in words.
QCoro::Task<ToolOutcome> runTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session, const Tool *tool,
                                 Mcp::ToolInvocation invocation);

/// Runs tools for MCP: opens the call, asks the policy, hands the tool its workspace, and turns the one typed error of
/// the REST client into words (the only place that does).
class ToolHost
{
public:
    explicit ToolHost(Calls::CallLog *log);

    /// What the session offers: the tools of its toolsets; under read-only just those that read.
    QList<Mcp::RegisteredTool> offer(std::shared_ptr<const Session> session) const;
    /// What of the workspace can be read by its address, from the toolsets that are on.
    QList<Mcp::RegisteredResource> offerResources(std::shared_ptr<const Session> session) const;
    QList<Mcp::RegisteredPrompt> offerPrompts(std::shared_ptr<const Session> session) const;

private:
    QPointer<Calls::CallLog> m_log;
};

} // namespace Tools
