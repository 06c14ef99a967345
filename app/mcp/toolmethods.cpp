#include "mcp/toolmethods.h"

#include "mcp/displaytext.h"
#include "mcp/pagecursor.h"
#include "mcp/progress.h"
#include "mcp/toolrun.h"
#include "mcp/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr QLatin1StringView ToolList("tools");

void answerError(const Incoming &incoming, const QString &words)
{
    const Error error{.code = ErrorCode::InvalidParams, .message = words};
    incoming.answer->send(errorMessage(incoming.request.id, error));
}

void answerResult(const Incoming &incoming, const ToolResult &result)
{
    incoming.answer->send(resultMessage(incoming.request.id, wireResult(result, incoming.revision)));
}

// What keeps a call of a known tool from running, in words for the model; empty where nothing does.
QString obstacle(const Core &core, const Toolbox::Entry &tool, const QJsonObject &arguments)
{
    if (!tool.schema.problem().isEmpty())
        return u"This tool cannot be called: its input schema is faulty. Please report it."_s;
    const QString problem = tool.schema.validate(arguments);
    if (!problem.isEmpty())
        return problem;
    if (core.pending.count() >= MostCallsAtOnce)
        return u"%1 calls are running already. Wait for some of them, then try again."_s.arg(MostCallsAtOnce);
    return {};
}

} // namespace

void listTools(Core &core, const Incoming &incoming)
{
    const QList<Toolbox::Entry> entries = core.tools.entries();
    const auto start = pageStart(ToolList, incoming.request.params[u"cursor"_s], entries.size());
    if (!start) {
        answerError(incoming, u"The cursor is not one of this list; begin without a cursor."_s);
        return;
    }
    const qsizetype end = qMin(*start + ToolsPerPage, entries.size());
    QJsonArray tools;
    for (qsizetype i = *start; i < end; ++i)
        tools << wireTool(entries.at(i).offer.description, incoming.revision);
    QJsonObject result{{u"tools"_s, tools}};
    if (end < entries.size())
        result[u"nextCursor"_s] = pageCursor(ToolList, end);
    incoming.answer->send(resultMessage(incoming.request.id, result));
}

void callTool(Core &core, const Incoming &incoming)
{
    const QJsonObject &params = incoming.request.params;
    const QJsonValue arguments = params[u"arguments"_s];
    ToolRequest request{.tool = params[u"name"_s].toString(),
                        .arguments = arguments.toObject(),
                        .client = core.clients.find(incoming.sender),
                        .revision = incoming.revision.date};

    const auto refuse = [&](const QString &words) {
        answerError(incoming, words);
        core.refused(request, words);
    };
    if (!params[u"name"_s].isString())
        return refuse(u"tools/call needs the name of a tool."_s);
    const Toolbox::Entry *found = core.tools.find(request.tool);
    if (!found)
        return refuse(
            u"There is no tool \"%1\"; tools/list says which there are."_s.arg(displayText(request.tool, 80)));
    if (!arguments.isUndefined() && !arguments.isNull() && !arguments.isObject())
        return refuse(u"The arguments of a tool must be a JSON object."_s);

    // A copy: a tool may change what is on offer.
    const Toolbox::Entry tool = *found;
    const QJsonObject coercedArguments = tool.schema.coerce(request.arguments);
    const QString words = obstacle(core, tool, coercedArguments);
    if (!words.isEmpty()) {
        answerResult(incoming, ToolResult::error(words));
        core.refused(request, words);
        return;
    }

    request.arguments = coercedArguments;
    const auto pending = core.pending.add(incoming.request.id, incoming.sender, incoming.answer);
    incoming.answer->expectDelay();
    startTool(tool.offer.run,
              ToolInvocation(request, pending->stop.get_token(),
                             progressTo(incoming.answer, params[u"_meta"_s].toObject()[u"progressToken"_s])),
              ToolRun(pending, incoming.revision, request.tool));
}

} // namespace Mcp
