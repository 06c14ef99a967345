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

/// A read does no harm without an argument that nobody knows; the model hears of it first, since what it meant to leave
/// out may be among what follows.
QString ignoredWords(const QStringList &ignored, const QJsonObject &inputSchema)
{
    QStringList names;
    for (const QString &name : ignored.first(qMin(ignored.size(), 5)))
        names << Text::line(name, 60);
    if (names.isEmpty())
        return {};
    const QStringList known = inputSchema.value(u"properties"_s).toObject().keys();
    return u"Ignored, since this tool does not know it: %1. What follows is not filtered by it. It takes: %2."_s.arg(
        names.join(u", "_s), known.isEmpty() ? u"nothing"_s : known.join(u", "_s));
}

/// What was given empty counts as not given: some clients fill in all there is. Whoever meant to take something away by
/// it has to know.
QString emptiedWords(const QJsonObject &given, const QJsonObject &taken)
{
    QStringList names;
    for (const QString &name : given.keys()) {
        if (!taken.contains(name))
            names << Text::line(name, 60);
    }
    return names.isEmpty() ? QString() : u"Without effect, since empty: %1."_s.arg(names.join(u", "_s));
}

/// How a result goes back.
struct Shape
{
    Revision revision;
    AnswerForm form;
    QString first; ///< what it says before all else
};

QCoro::Task<HandlerResult> run(RegisteredTool tool, ToolInvocation invocation, Shape shape)
{
    ToolResult result = co_await tool.run(invocation);
    if (!shape.first.isEmpty())
        result.addFirst(shape.first);
    const HandlerResult outcome = result.input().isEmpty()
                                      ? HandlerResult(wireToolResult(result, shape.revision, shape.form))
                                      : HandlerResult(result.input());
    co_return outcome;
}

/// The form that the address asks for; else the one that the client is known to show.
AnswerForm formFor(Core &core, const IncomingRequest &incoming)
{
    return incoming.peer.answers ? *incoming.peer.answers : shownForm(clientOf(core, incoming));
}

} // namespace

void listTools(Core &core, const IncomingRequest &incoming)
{
    const AnswerForm form = formFor(core, incoming);
    QJsonArray tools;
    for (const ToolRegistry::Entry &entry : core.tools.entries()) {
        if (entry.registered.isListed)
            tools << wireTool(entry.registered.description, incoming.reply.revision(), form);
    }
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
        reply.result(wireToolResult(ToolResult::error(words), reply.revision(), AnswerForm::Text));
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
    QStringList ignored;
    const bool onlyReads = tool.registered.description.annotations.readOnly;
    const QJsonObject named =
        tool.schema.named(request.arguments, tool.registered.otherSpellings, onlyReads ? &ignored : nullptr);
    const QJsonObject coercedArguments = tool.schema.coerce(named);
    if (const QString words = problemOf(tool, coercedArguments); !words.isEmpty())
        return answerWith(words);

    request.arguments = coercedArguments;
    const Shape shape{.revision = reply.revision(),
                      .form = formFor(core, incoming),
                      .first = onlyReads ? ignoredWords(ignored, tool.registered.description.inputSchema)
                                         : emptiedWords(named, coercedArguments)};
    const Handler handler = [registered = tool.registered, request, shape](RequestContext context) {
        return run(registered, ToolInvocation(request, std::move(context)), shape);
    };
    beginRequest(core, incoming, handler, u"The tool %1"_s.arg(request.tool));
}

} // namespace Mcp
