#include "fixtures.h"

using namespace Qt::StringLiterals;
using Mcp::PromptMessage;
using Mcp::PromptRequest;
using Mcp::PromptResult;

namespace Fixtures {

namespace {

QCoro::Task<PromptResult> simple(PromptRequest)
{
    const QList<PromptMessage> messages{PromptMessage::text(u"This is a simple prompt for testing."_s)};
    co_return PromptResult(messages);
}

QCoro::Task<PromptResult> withArguments(PromptRequest request)
{
    const QString text = u"Prompt with arguments: arg1='%1', arg2='%2'"_s.arg(request.arguments.value(u"arg1"_s),
                                                                              request.arguments.value(u"arg2"_s));
    const QList<PromptMessage> messages{PromptMessage::text(text)};
    co_return PromptResult(messages);
}

QCoro::Task<PromptResult> withResource(PromptRequest request)
{
    QList<PromptMessage> messages;
    messages << PromptMessage{.content = resourceBlock(request.arguments.value(u"resourceUri"_s), u"text/plain"_s,
                                                       u"Embedded resource content for testing."_s)}
             << PromptMessage::text(u"Please process the embedded resource above."_s);
    co_return PromptResult(messages);
}

QCoro::Task<PromptResult> withImage(PromptRequest)
{
    QList<PromptMessage> messages;
    messages << PromptMessage{.content = imageBlock()} << PromptMessage::text(u"Please analyze the image above."_s);
    co_return PromptResult(messages);
}

QCoro::Task<PromptResult> withInput(PromptRequest request)
{
    const auto answer = request.context.input(u"user_context"_s);
    if (!answer) {
        const QJsonObject properties{{u"context"_s, QJsonObject{{u"type"_s, u"string"_s}}}};
        Mcp::InputRequired input;
        input.requests[u"user_context"_s] =
            Mcp::InputRequest::elicitation(u"What context should the prompt use?"_s, objectSchema(properties));
        co_return PromptResult::inputRequired(input);
    }
    const QString context = answer->value("content"_L1).toObject().value("context"_L1).toString();
    const QList<PromptMessage> messages{PromptMessage::text(u"Use this context: "_s + context)};
    co_return PromptResult(messages);
}

QCoro::Task<Mcp::Completion> completeArguments(Mcp::CompletionRequest request)
{
    Mcp::Completion completion;
    for (const QString &value : {u"testValue1"_s, u"testValue2"_s, u"paris"_s, u"park"_s}) {
        if (value.startsWith(request.query.value))
            completion.values << value;
    }
    co_return completion;
}

} // namespace

QList<Mcp::RegisteredPrompt> prompts()
{
    const QList<Mcp::PromptArgument> twoArguments{
        {.name = u"arg1"_s, .description = u"The first."_s, .required = true},
        {.name = u"arg2"_s, .description = u"The second."_s, .required = true},
    };
    const QList<Mcp::PromptArgument> uri{
        {.name = u"resourceUri"_s, .description = u"What to embed."_s, .required = true}};
    return {
        {.description = {.name = u"test_simple_prompt"_s, .description = u"No arguments."_s}, .get = simple},
        {.description = {.name = u"test_prompt_with_arguments"_s,
                         .description = u"Two arguments."_s,
                         .arguments = twoArguments},
         .get = withArguments,
         .complete = completeArguments},
        {.description = {.name = u"test_prompt_with_embedded_resource"_s,
                         .description = u"A resource within a message."_s,
                         .arguments = uri},
         .get = withResource},
        {.description = {.name = u"test_prompt_with_image"_s, .description = u"An image."_s}, .get = withImage},
        {.description = {.name = u"test_input_required_result_prompt"_s, .description = u"Asks for input."_s},
         .get = withInput},
    };
}

} // namespace Fixtures
