#include "mcp/methods/toolmethods.h"

#include "common/visible.h"
#include "mcp/methods/pages.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// What is wrong with a call of a known tool, in words for the model; empty where nothing is.
QString problemOf(const ToolRegistry::Entry &tool, const QJsonObject &arguments)
{
    if (!tool.schema.problem().isEmpty())
        return u"This tool cannot be called: its input schema is faulty. Please report it."_s;
    return tool.schema.validate(arguments);
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
    const auto answerWith = [&](const QString &words) {
        reply.result(wireToolResult(ToolResult::error(words), reply.revision()));
        core.refused(request, words);
    };
    // First of all: what is refused below counts as well.
    if (const QString words = obstacle(core, incoming.peer); !words.isEmpty())
        return answerWith(words);
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
    if (const QString words = problemOf(tool, coercedArguments); !words.isEmpty())
        return answerWith(words);

    request.arguments = coercedArguments;
    const Handler handler = [registered = tool.registered, request,
                             revision = reply.revision()](RequestContext context) {
        return run(registered, ToolInvocation(request, std::move(context)), revision);
    };
    beginRequest(core, incoming, handler, u"The tool %1"_s.arg(request.tool));
}

} // namespace Mcp
