#include "tools/host/toolhost.h"

#include "tools/host/catalogue.h"
#include "tools/host/prompts.h"
#include "tools/host/resources.h"
#include "tools/host/runtool.h"

using Calls::Effect;
using Mcp::ToolResult;

namespace Tools {

namespace {

Mcp::Tool described(const Tool &tool, bool readOnlySession)
{
    const bool readsOnly = !tool.effects || readOnlySession;
    Mcp::Tool description;
    description.name = tool.name;
    description.title = tool.title;
    description.description = tool.description;
    description.inputSchema = tool.inputSchema;
    description.outputSchema = tool.outputSchema;
    description.annotations.readOnly = readsOnly;
    description.annotations.destructive = !readsOnly && tool.effects & ~Calls::Effects(Effect::Adds);
    description.annotations.idempotent = readsOnly || tool.idempotent;
    return description;
}

QCoro::Task<ToolResult> runForClient(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                     const Tool *tool, Mcp::ToolInvocation invocation)
{
    const ToolOutcome outcome = co_await runTool(log, session, tool, invocation);
    const ToolResult result = outcome.result();
    co_return result;
}

} // namespace

QList<Mcp::RegisteredTool> ToolHost::offer(std::shared_ptr<const Session> session) const
{
    QList<Mcp::RegisteredTool> offered;
    for (const Tool *tool : toolsOf(session->toolsets)) {
        const Calls::Effects mildest = tool->effectsOf ? tool->leastEffects : tool->effects;
        if (session->policy().isReadOnly() && mildest)
            continue;
        // Not a coroutine itself: its captures must not be what a suspended frame refers to.
        offered.append({described(*tool, session->policy().isReadOnly()),
                        [log = m_log, session, tool](const Mcp::ToolInvocation &invocation) {
                            return runForClient(log, session, tool, invocation);
                        }});
    }
    return offered;
}

QList<Mcp::RegisteredResource> ToolHost::offerResources(std::shared_ptr<const Session> session) const
{
    return resources(m_log, session);
}

QList<Mcp::RegisteredPrompt> ToolHost::offerPrompts(std::shared_ptr<const Session> session) const
{
    return prompts(m_log, session);
}

} // namespace Tools
