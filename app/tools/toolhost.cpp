#include "tools/toolhost.h"

#include "tools/catalogue.h"

using namespace Qt::StringLiterals;
using Calls::Decision;
using Calls::Effect;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What the answers of the sample workspace end with, so that nobody takes them for real.
constexpr auto SampleNote = "\n(Bricktray's sample workspace: all of this is invented.)"_L1;

Mcp::Tool described(const Tool &tool)
{
    Mcp::Tool description;
    description.name = tool.name;
    description.title = tool.title;
    description.description = tool.description;
    description.inputSchema = tool.inputSchema;
    description.outputSchema = tool.outputSchema;
    description.annotations.readOnly = tool.effect == Effect::Reads;
    description.annotations.destructive = tool.effect == Effect::Destroys;
    description.annotations.idempotent = tool.effect == Effect::Reads || tool.idempotent;
    return description;
}

ToolResult labelledAsSample(const ToolResult &result)
{
    if (result.isError())
        return ToolResult::error(result.text() + SampleNote);
    QJsonObject structured = result.structuredContent();
    structured.insert("sample_workspace"_L1, true);
    return ToolResult(result.text() + SampleNote, structured);
}

/// Step ③: what the policy and, where it says so, the person decide. Empty: go on; otherwise the refusal's words.
QCoro::Task<QString> refusal(QPointer<Calls::CallLog> log, std::shared_ptr<Calls::Call> call, Calls::Policy policy,
                             Effect effect, std::stop_token stop)
{
    const Decision decision = policy.decide(effect);
    if (decision == Decision::Allow)
        co_return QString();
    if (decision == Decision::Deny)
        co_return policy.denial(effect);
    const Calls::CallLog::Answer answer = co_await log->ask(call, stop);
    if (answer == Calls::CallLog::Answer::Approved)
        co_return QString();
    if (answer == Calls::CallLog::Answer::Denied)
        co_return u"The person at Bricktray's window denied this call. Do not repeat it; ask them what to do instead."_s;
    co_return u"Nothing was done: the call waits for approval in Bricktray's window and nobody has answered yet. Ask the "
              "person to approve it there, then repeat the same call."_s;
}

QCoro::Task<ToolResult> runTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session, const Tool *tool,
                                Mcp::ToolInvocation invocation)
{
    if (!log)
        co_return ToolResult::error(u"Bricktray is shutting down."_s);
    const std::shared_ptr<Calls::Call> call =
        log->open(invocation.request(), session->profile, session->workspace.host().host(), tool->secretArguments);
    const QString reason = co_await refusal(log, call, session->policy, tool->effect, invocation.stopToken());
    if (!reason.isEmpty()) {
        call->refuse(reason);
        co_return ToolResult::error(reason);
    }

    ToolResult result;
    try {
        result = co_await tool->run(ToolCall(invocation, call, session));
    } catch (const Databricks::ApiError &error) {
        result = ToolResult::error(error.text());
    }
    if (session->sample)
        result = labelledAsSample(result);
    if (invocation.stopToken().stop_requested())
        call->cancel();
    else
        call->finish(result);
    co_return result;
}

} // namespace

ToolHost::ToolHost(Calls::CallLog *log)
    : m_log(log)
{}

QList<Mcp::OfferedTool> ToolHost::offer(std::shared_ptr<const Session> session) const
{
    QList<Mcp::OfferedTool> offered;
    for (const Toolset &toolset : toolsets()) {
        if (!session->toolsets.contains(toolset.name))
            continue;
        for (const Tool &tool : toolset.tools) {
            if (session->policy.readOnly && tool.effect != Effect::Reads)
                continue;
            // Not a coroutine itself: its captures must not be what a suspended frame refers to.
            offered.append({described(tool), [log = m_log, session, row = &tool](const Mcp::ToolInvocation &invocation) {
                                return runTool(log, session, row, invocation);
                            }});
        }
    }
    return offered;
}

} // namespace Tools
