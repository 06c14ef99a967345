#include "mcp/methods/promptmethods.h"

#include "common/visible.h"
#include "mcp/methods/pages.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

HandlerResult outcomeOf(const PromptResult &result, const Revision &revision)
{
    switch (result.outcome()) {
    case PromptResult::Outcome::Ready:
        break;
    case PromptResult::Outcome::BadArguments:
        return Error{.code = ErrorCode::InvalidParams, .message = result.words()};
    case PromptResult::Outcome::Failed:
        return Error{.code = ErrorCode::InternalError, .message = result.words()};
    case PromptResult::Outcome::InputRequired:
        return result.input();
    }
    return wirePromptResult(result, revision);
}

QCoro::Task<HandlerResult> get(RegisteredPrompt prompt, PromptRequest request, Revision revision)
{
    const PromptResult result = co_await prompt.get(request);
    const HandlerResult outcome = outcomeOf(result, revision);
    co_return outcome;
}

/// Empty, or what is wrong with the arguments.
QString problemOf(const Prompt &prompt, const QJsonObject &arguments)
{
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (!argument.value().isString())
            return u"The argument \"%1\" must be a string."_s.arg(Text::line(argument.key(), 80));
    }
    for (const PromptArgument &argument : prompt.arguments) {
        if (argument.required && arguments.value(argument.name).toString().isEmpty())
            return u"The prompt %1 needs the argument \"%2\"."_s.arg(prompt.name, argument.name);
    }
    return {};
}

QMap<QString, QString> textsOf(const QJsonObject &arguments)
{
    QMap<QString, QString> texts;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument)
        texts[argument.key()] = argument.value().toString();
    return texts;
}

} // namespace

void listPrompts(Core &core, const IncomingRequest &incoming)
{
    QJsonArray prompts;
    for (const RegisteredPrompt &prompt : core.prompts.prompts())
        prompts << wirePrompt(prompt.description, incoming.reply.revision());
    answerList(core, incoming, u"prompts"_s, prompts);
}

void getPrompt(Core &core, const IncomingRequest &incoming)
{
    const QString name = incoming.request.params.value("name"_L1).toString();
    const QJsonObject arguments = incoming.request.params.value("arguments"_L1).toObject();
    const RegisteredPrompt *found = core.prompts.find(name);
    if (!found) {
        return incoming.reply.error(
            ErrorCode::InvalidParams,
            u"There is no prompt \"%1\"; prompts/list says which there are."_s.arg(Text::line(name, 80)));
    }
    const QString problem = problemOf(found->description, arguments);
    if (!problem.isEmpty())
        return incoming.reply.error(ErrorCode::InvalidParams, problem);
    const Handler handler = [prompt = *found, texts = textsOf(arguments),
                             revision = incoming.reply.revision()](RequestContext context) {
        const PromptRequest request{
            .prompt = prompt.description.name, .arguments = texts, .context = std::move(context)};
        return get(prompt, request, revision);
    };
    runRequest(core, incoming, handler, u"The prompt %1"_s.arg(name));
}

} // namespace Mcp
