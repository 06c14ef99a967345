#pragma once

#include "calls/calllog.h"
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

/// Runs a tool by its name for a request that is no tools/call. Nothing where its toolset is off.
QCoro::Task<ToolOutcome> runNamedTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                      QString tool, QJsonObject arguments, Mcp::RequestContext context);

} // namespace Tools
