#pragma once

#include "calls/calllog.h"
#include "mcp/server.h"
#include "tools/session.h"
#include "tools/tool.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// Runs tools for MCP: opens the call, asks the policy, hands the tool its workspace, and turns the one typed error of
/// the REST client into words (the only place that does).
class ToolHost
{
public:
    explicit ToolHost(Calls::CallLog *log);

    /// What the session offers: the tools of its toolsets; under read-only just those that read.
    QList<Mcp::OfferedTool> offer(std::shared_ptr<const Session> session) const;

private:
    QPointer<Calls::CallLog> m_log;
};

} // namespace Tools
