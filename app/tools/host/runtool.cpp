#include "tools/host/runtool.h"

#include "common/visible.h"
#include "databricks/errorcauses.h"
#include "tools/host/approval.h"
#include "tools/host/catalogue.h"
#include "tools/host/offtools.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::Decision;
using Calls::Effects;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What the answers of the sample workspace end with, so that nobody takes them for real.
constexpr auto SampleNote = "(Bricktray's sample workspace: all of this is invented.)"_L1;

/// The client that has cancelled the call itself does not read it.
constexpr auto CancelledByPerson =
    "The person at Bricktray's window cancelled this call. What it had already asked of the workspace may still take "
    "effect: look before you repeat anything, and ask them what to do instead."_L1;

/// What a tool has at the least for its work.
constexpr auto LeastTime = 5s;
/// After that the person is told that nobody knows.
constexpr auto LongestExplaining = 3s;
/// A warehouse that is not serverless takes some minutes to start.
constexpr auto LongestCounting = 10min;

/// Why a call must not be carried out, as things stand now; empty where it may, or where a person decides.
QString hindrance(const Session &session, const Tool &tool, Effects effects)
{
    if (effects && session.inForce->isOver())
        return u"The person has changed to another workspace or identity meanwhile. Nothing was done."_s;
    const bool denied = session.policy().decide(tool.name, effects) == Decision::Deny;
    return denied ? Calls::denial(session.policy(), effects) : QString();
}

/// Counts, at the person's click, the rows that the call matches.
QCoro::Task<> count(QPointer<Calls::CallLog> log, const Tool *tool, ToolCall call, qint64 id,
                    Calls::Consequence uncounted, std::stop_token stop)
{
    const ToolCall counting = call.forCard(log, stop, LongestCounting);
    const Calls::Consequence consequence = co_await tool->count(counting, uncounted);
    if (log)
        log->approvals().explain(id, consequence);
}

/// Finds out, beside the person's reading, what approving the call would bring.
QCoro::Task<> explain(QPointer<Calls::CallLog> log, const Tool *tool, ToolCall call, qint64 id)
{
    Calls::Consequence consequence;
    if (tool->consequence) {
        try {
            consequence = co_await tool->consequence(call);
        } catch (const Databricks::ApiError &) {
            // Not known: the card says so.
        }
    }
    if (!log)
        co_return;
    Calls::Approvals::Count counting;
    if (tool->count && consequence.rowCount)
        counting = [log, tool, call, id, consequence](std::stop_token stop) {
            count(log, tool, call, id, consequence, stop);
        };
    log->approvals().explain(id, consequence, counting);
}

QString denialByPerson(const QString &note)
{
    const QString denied = u"The person at Bricktray's window denied this call. Do not repeat it; "_s;
    return note.isEmpty() ? QString(denied + u"ask them what to do instead."_s)
                          : QString(denied + u"they say: “%1”"_s.arg(Text::line(note, 1000)));
}

/// What the policy and, where it says so, the person decide. Empty: go on; otherwise the refusal's words.
QCoro::Task<QString> refusal(QPointer<Calls::CallLog> log, std::shared_ptr<Calls::Call> call, const Tool *tool,
                             Effects effects, ToolCall toolCall)
{
    const QString before = hindrance(toolCall.session(), *tool, effects);
    if (!before.isEmpty() || toolCall.session().policy().decide(tool->name, effects) == Decision::Allow)
        co_return before;
    // The person is shown a name, not an id; what does not exist needs no approval.
    QString target;
    if (tool->target) {
        target = co_await tool->target(toolCall);
        call->setTarget(target);
    }
    if (!log)
        co_return u"Bricktray is shutting down."_s;
    Calls::ApprovalRequest request = approvalRequest(*tool, toolCall, effects, log->secrets());
    if (!target.isEmpty())
        request.target = target;
    request.isConsequenceKnown = !tool->consequence;
    const ToolCall asking = toolCall.within(LongestExplaining);
    QMetaObject::invokeMethod(
        log,
        [log, tool, asking, id = call->id()] {
            if (log->approvals().isAsked(id))
                explain(log, tool, asking, id);
        },
        Qt::QueuedConnection);
    toolCall.progress(0, 0, u"Waiting for approval in Bricktray's window"_s);
    const Calls::Approvals::Verdict verdict = co_await log->approvals().ask(call, request, toolCall.stopToken());
    // The person may have changed more than this call meanwhile.
    const QString after = hindrance(toolCall.session(), *tool, effects);
    if (!after.isEmpty() || verdict.answer == Calls::Approvals::Answer::Approved)
        co_return after;
    if (verdict.answer == Calls::Approvals::Answer::Denied)
        co_return denialByPerson(verdict.note);
    if (verdict.answer == Calls::Approvals::Answer::TooMany)
        co_return u"Nothing was done, and nobody was asked: %1 of your calls wait for an answer in Bricktray's window already. Tell the person, and wait for them before you ask for more."_s
            .arg(Calls::Approvals::MostUnanswered);
    co_return u"Nothing was done: the call waits for approval in Bricktray's window and nobody has answered yet. Ask "
              u"the "
              "person to approve it there, then repeat the same call."_s;
}

/// A failure, and what was changed before it: neither must the one hide the other, nor must it be done again. What a
/// person had started from the card, among the exchanges before the work, is not the call's.
QString failureText(const Databricks::ApiError &error, const Calls::Record &record, Effects effects,
                    qsizetype beforeWork)
{
    QStringList done;
    for (const Rest::Exchange &exchange : record.exchanges.sliced(beforeWork)) {
        if (!exchange.isRead && exchange.method != "GET"_L1 && exchange.status / 100 == 2)
            done.append(exchange.method + u' ' + exchange.path);
    }
    if (!effects || error.isInDoubt() || done.isEmpty())
        return error.text();
    return u"%1 Before that was done: %2. Do not repeat the call before you have seen how things stand."_s.arg(
        error.text(), done.join(", "_L1));
}

/// The words of an answer that advise, unlike the data that it brings.
QString adviceOf(const ToolResult &result)
{
    if (result.isError())
        return result.text();
    const QJsonObject &content = result.structuredContent();
    return content.value("note"_L1).toString() + u' ' + content.value("next"_L1).toString();
}

/// What does not exist can be looked for: the tool that lists such things.
QString whereToLook(const QString &tool, const QJsonObject &arguments, const QString &said)
{
    if (said.contains("list_"_L1) || said.contains("search_"_L1))
        return {};
    if (said.contains("principal"_L1, Qt::CaseInsensitive))
        return u" call_api with GET /api/2.0/preview/scim/v2/Users, Groups or ServicePrincipals lists principals."_s;
    // What is looked for may be of a kind that an argument names: "list_grants schema".
    const QString kind = tool + u' ' + arguments.value("securable_type"_L1).toString();
    for (const QString &argument : arguments.keys()) {
        if (const QString words = whereIdsAre(argument, kind); !words.isEmpty())
            return words;
    }
    return {};
}

} // namespace

QCoro::Task<ToolOutcome> runTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session, const Tool *tool,
                                 Mcp::ToolInvocation invocation)
{
    if (!log)
        co_return ToolOutcome(ToolResult::error(u"Bricktray is shutting down."_s), false);
    const std::shared_ptr<Calls::Call> call =
        log->open(invocation.request(), session->profile, session->workspace.name(), tool->secretArguments,
                  invocation.stopToken());
    const QDeadlineTimer due(session->answerTime);
    const ToolCall asked(invocation, call, session, due);
    Effects effects = tool->effects;

    ToolResult result;
    QString reason;
    bool notFound = false;
    qsizetype beforeWork = 0;
    try {
        if (tool->effectsOf)
            effects = tool->effectsOf(asked);
        reason = co_await refusal(log, call, tool, effects, asked);
        beforeWork = call->record().exchanges.size();
        // A person may have taken most of the time for the answer.
        const QDeadlineTimer least(std::min<std::chrono::milliseconds>(LeastTime, session->answerTime));
        const ToolCall admitted(invocation, call, session, std::max(due, least));
        const ToolCall guarded = admitted.guarded([session, tool, effects] {
            const QString why = hindrance(*session, *tool, effects);
            if (!why.isEmpty())
                throw Databricks::ApiError(Databricks::ApiError::Kind::Forbidden, why);
        });
        if (reason.isEmpty())
            result = co_await tool->run(effects ? guarded : admitted);
    } catch (const Databricks::ApiError &error) {
        notFound = error.kind() == Databricks::ApiError::Kind::NotFound;
        QString words;
        if (session->sample && error.errorCode() == "ENDPOINT_NOT_FOUND"_L1) {
            // A workspace has far more endpoints than the sample: theirs are not wrong.
            words = u"The sample workspace does not have %1; a real one may."_s.arg(error.request());
        } else {
            words = failureText(error, call->record(), effects, beforeWork);
            // Of a cause that is known everything was said.
            if (notFound && Databricks::adviceByCause(error.errorCode(), error.message()).isEmpty())
                words += whereToLook(tool->name, invocation.request().arguments, words);
        }
        result = ToolResult::error(words);
    }
    if (!reason.isEmpty())
        result = ToolResult::error(reason);
    // What was done before the stop came is answered as done.
    const bool stopped = !call->isGoingOn() &&
                         (invocation.stopToken().stop_requested() || (call->isCancelledByPerson() && result.isError()));
    if (stopped)
        result = ToolResult::error(CancelledByPerson);
    if (const QString off = offToolsNamed(adviceOf(result), *session); !off.isEmpty())
        result.addNote(off);
    if (session->sample)
        result.addNote(SampleNote);
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
    // A tool may be off where others of its toolset are on.
    const Tool *tool = isServed(name, session->toolsets) ? findTool(name, resolveToolsets({u"all"_s})) : nullptr;
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
