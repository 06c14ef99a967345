#include "tools/host/runtool.h"

#include "tools/host/catalogue.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::Decision;
using Calls::Effect;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What the answers of the sample workspace end with, so that nobody takes them for real.
constexpr auto SampleNote = "\n(Bricktray's sample workspace: all of this is invented.)"_L1;

/// The client that has cancelled the call itself does not read it.
constexpr auto CancelledByPerson =
    "The person at Bricktray's window cancelled this call. What it had already asked of the workspace may still take "
    "effect: look before you repeat anything, and ask them what to do instead."_L1;

/// What a tool has at the least for its work.
constexpr auto LeastTime = 5s;

ToolResult labelledAsSample(const ToolResult &result)
{
    if (result.isError())
        return ToolResult::error(result.text() + SampleNote);
    QJsonObject structured = result.structuredContent();
    structured.insert("sample_workspace"_L1, true);
    // The last words: images and files that an answer may hold stay where they are.
    QJsonArray content = result.content();
    for (qsizetype i = content.size() - 1; i >= 0; --i) {
        QJsonObject block = content.at(i).toObject();
        if (block.value("type"_L1) != "text"_L1)
            continue;
        block.insert("text"_L1, QString(block.value("text"_L1).toString() + SampleNote));
        content.replace(i, block);
        break;
    }
    return ToolResult(content, structured);
}

/// What the person approves for a while when they approve this call so: the tool's use with this effect, and no worse.
QString kindOf(const Tool &tool, Effect effect, const ToolCall &call)
{
    const QString name = QString::number(int(effect));
    return tool.kindOf ? QString(name + u' ' + tool.kindOf(call.arguments())) : name;
}

/// Step ③: what the policy and, where it says so, the person decide. Empty: go on; otherwise the refusal's words.
QCoro::Task<QString> refusal(QPointer<Calls::CallLog> log, std::shared_ptr<Calls::Call> call, const Tool *tool,
                             Effect effect, ToolCall toolCall)
{
    const Calls::Policy policy = toolCall.session().policy;
    const Decision decision = policy.decide(tool->name, effect);
    if (decision == Decision::Allow)
        co_return QString();
    if (decision == Decision::Deny)
        co_return policy.denial(effect);
    // The person is shown a name, not an id; what does not exist needs no approval.
    if (tool->target) {
        const QString target = co_await tool->target(toolCall);
        call->setTarget(target);
    }
    if (!log)
        co_return u"Bricktray is shutting down."_s;
    const QString kind = kindOf(*tool, effect, toolCall);
    const Calls::Approvals::Answer answer = co_await log->approvals().ask(call, toolCall.stopToken(), kind);
    if (answer == Calls::Approvals::Answer::Approved)
        co_return QString();
    if (answer == Calls::Approvals::Answer::Denied)
        co_return u"The person at Bricktray's window denied this call. Do not repeat it; ask them what to do instead."_s;
    co_return u"Nothing was done: the call waits for approval in Bricktray's window and nobody has answered yet. Ask "
              u"the "
              "person to approve it there, then repeat the same call."_s;
}

/// A failure, and what was changed before it: neither must the one hide the other, nor must it be done again.
QString failureText(const Databricks::ApiError &error, const Calls::Record &record, Effect effect)
{
    QStringList done;
    for (const Rest::Exchange &exchange : record.exchanges) {
        if (exchange.method != "GET"_L1 && exchange.status / 100 == 2)
            done.append(exchange.method + u' ' + exchange.path);
    }
    if (effect == Effect::Reads || error.isInDoubt() || done.isEmpty())
        return error.text();
    return u"%1 Before that was done: %2. Do not repeat the call before you have seen how things stand."_s.arg(
        error.text(), done.join(", "_L1));
}

} // namespace

QCoro::Task<ToolOutcome> runTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session, const Tool *tool,
                                 Mcp::ToolInvocation invocation)
{
    if (!log)
        co_return ToolOutcome(ToolResult::error(u"Bricktray is shutting down."_s), false);
    const std::shared_ptr<Calls::Call> call =
        log->open(invocation.request(), session->profile, session->workspace.host().host(), tool->secretArguments,
                  invocation.stopToken());
    const QDeadlineTimer due(session->answerTime);
    const ToolCall asked(invocation, call, session, due);
    const Effect effect = tool->effectOf ? tool->effectOf(invocation.request().arguments) : tool->effect;

    ToolResult result;
    QString reason;
    bool notFound = false;
    try {
        reason = co_await refusal(log, call, tool, effect, asked);
        // A person may have taken most of the time for the answer.
        const QDeadlineTimer least(std::min<std::chrono::milliseconds>(LeastTime, session->answerTime));
        const ToolCall admitted(invocation, call, session, std::max(due, least));
        if (reason.isEmpty())
            result = co_await tool->run(admitted);
    } catch (const Databricks::ApiError &error) {
        result = ToolResult::error(failureText(error, call->record(), effect));
        notFound = error.kind() == Databricks::ApiError::Kind::NotFound;
    }
    if (!reason.isEmpty())
        result = ToolResult::error(reason);
    // What was done before the stop came is answered as done.
    const bool stopped = !call->isGoingOn() &&
                         (invocation.stopToken().stop_requested() || (call->isCancelledByPerson() && result.isError()));
    if (stopped)
        result = ToolResult::error(CancelledByPerson);
    if (session->sample)
        result = labelledAsSample(result);
    if (call->isGoingOn())
        call->answered(result);
    else if (stopped)
        call->cancel();
    else if (!reason.isEmpty())
        call->refuse(reason);
    else
        call->finish(result);
    co_return ToolOutcome(result, notFound);
}

QCoro::Task<ToolOutcome> runNamedTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                      QString name, QJsonObject arguments, Mcp::RequestContext context)
{
    const Tool *tool = findTool(name, session->toolsets);
    if (!tool)
        co_return ToolOutcome(ToolResult::error(u"The toolset of %1 is off."_s.arg(name)), false);
    Mcp::ToolRequest request;
    request.tool = name;
    request.arguments = arguments;
    request.client = context.client();
    request.revision = context.revision();
    const Mcp::ToolInvocation invocation(request, context);
    const ToolOutcome outcome = co_await runTool(log, session, tool, invocation);
    const ToolOutcome copy = outcome;
    co_return copy;
}

} // namespace Tools
