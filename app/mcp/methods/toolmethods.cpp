#include "mcp/methods/toolmethods.h"

#include "common/visible.h"
#include "mcp/methods/pages.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// What keeps a call of a known tool from running, in words for the model; empty where nothing does.
QString obstacle(Core &core, const ToolRegistry::Entry &tool, const QJsonObject &arguments)
{
    if (!tool.schema.problem().isEmpty())
        return u"This tool cannot be called: its input schema is faulty. Please report it."_s;
    const QString problem = tool.schema.validate(arguments);
    if (!problem.isEmpty())
        return problem;
    if (!core.callRate.take())
        return u"Calls come too fast. Wait a few seconds, then try again."_s;
    return core.pending.isFull() ? busyWords() : QString();
}

QCoro::Task<HandlerResult> run(RegisteredTool tool, ToolInvocation invocation, Revision revision)
{
    const ToolResult result = co_await tool.run(invocation);
    const HandlerResult outcome =
        result.input().isEmpty() ? HandlerResult(wireToolResult(result, revision)) : HandlerResult(result.input());
    co_return outcome;
}

} // namespace

void listTools(Core &core, const IncomingRequest &incoming)
{
    QJsonArray tools;
    for (const ToolRegistry::Entry &entry : core.tools.entries())
        tools << wireTool(entry.registered.description, incoming.reply.revision());
    answerList(core, incoming, u"tools"_s, tools);
}

void callTool(Core &core, const IncomingRequest &incoming)
{
    const QJsonObject &params = incoming.request.params;
    const Reply &reply = incoming.reply;
    const QJsonValue arguments = params[u"arguments"_s];
    ToolRequest request{.tool = params[u"name"_s].toString(),
                        .arguments = arguments.toObject(),
                        .client = clientOf(core, incoming),
                        .revision = reply.revision().date};

    const auto refuse = [&](const QString &words) {
        reply.error(ErrorCode::InvalidParams, words);
        core.refused(request, words);
    };
    if (!params[u"name"_s].isString())
        return refuse(u"tools/call needs the name of a tool."_s);
    const ToolRegistry::Entry *found = core.tools.find(request.tool);
    if (!found)
        return refuse(u"There is no tool \"%1\"; tools/list says which there are."_s.arg(Text::line(request.tool, 80)));
    if (!arguments.isUndefined() && !arguments.isNull() && !arguments.isObject())
        return refuse(u"The arguments of a tool must be a JSON object."_s);

    // A copy: a tool may change what is registered.
    const ToolRegistry::Entry tool = *found;
    const QJsonObject coercedArguments = tool.schema.coerce(request.arguments);
    const QString words = obstacle(core, tool, coercedArguments);
    if (!words.isEmpty()) {
        reply.result(wireToolResult(ToolResult::error(words), reply.revision()));
        core.refused(request, words);
        return;
    }

    request.arguments = coercedArguments;
    const Handler handler = [registered = tool.registered, request,
                             revision = reply.revision()](RequestContext context) {
        return run(registered, ToolInvocation(request, std::move(context)), revision);
    };
    runRequest(core, incoming, handler, u"The tool %1"_s.arg(request.tool));
}

} // namespace Mcp
