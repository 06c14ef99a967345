#pragma once

#include "calls/calllog.h"
#include "mcp/types/prompt.h"
#include "mcp/types/resource.h"
#include "mcp/types/tool.h"
#include "tools/host/session.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// Runs tools for MCP: opens the call, asks the policy, hands the tool its workspace, and turns the one typed error of
/// the REST client into words (the only place that does).
class ToolHost
{
public:
    explicit ToolHost(Calls::CallLog *log)
        : m_log(log)
    {}

    /// What the session offers: the tools of its toolsets; under read-only just those that read.
    QList<Mcp::RegisteredTool> offer(std::shared_ptr<const Session> session) const;
    /// What of the workspace can be read by its address, from the toolsets that are on.
    QList<Mcp::RegisteredResource> offerResources(std::shared_ptr<const Session> session) const;
    QList<Mcp::RegisteredPrompt> offerPrompts(std::shared_ptr<const Session> session) const;

private:
    QPointer<Calls::CallLog> m_log;
};

} // namespace Tools
