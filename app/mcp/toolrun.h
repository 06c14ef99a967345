#pragma once

#include "mcp/pendingrequests.h"
#include "mcp/revision.h"
#include "mcp/server.h"

namespace Mcp {

/// A tool at work, and where its result goes. Knows nothing of the server, which may be gone when the tool is done.
class ToolRun
{
public:
    ToolRun(std::shared_ptr<PendingRequest> pending, Revision revision, QString tool);

    void finish(const ToolResult &result) const;
    /// The tool threw, which is a mistake in the tool: the client learns no details.
    void fail() const;

private:
    std::shared_ptr<PendingRequest> m_pending;
    Revision m_revision;
    QString m_tool;
};

using ToolFunction = std::function<QCoro::Task<ToolResult>(ToolInvocation)>;

/// Runs the tool until it is done, on its own.
void startTool(ToolFunction tool, ToolInvocation invocation, ToolRun run);

} // namespace Mcp
