#include "mcp/methods/completionmethods.h"

#include "common/visible.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/wire.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

using Found = std::optional<Completer>;

Found ofPrompt(const Core &core, const QJsonObject &reference)
{
    const RegisteredPrompt *prompt = core.prompts.find(reference.value("name"_L1).toString());
    return prompt ? Found(prompt->complete) : std::nullopt;
}

Found ofResource(const Core &core, const QJsonObject &reference)
{
    const ResourceRegistry::Entry *resource = core.resources.find(reference.value("uri"_L1).toString());
    return resource ? Found(resource->registered.complete) : std::nullopt;
}

struct ReferenceType
{
    QLatin1StringView name;
    Found (*find)(const Core &, const QJsonObject &);
};
constexpr std::array ReferenceTypes{
    ReferenceType{QLatin1StringView("ref/prompt"), ofPrompt},
    ReferenceType{QLatin1StringView("ref/resource"), ofResource},
};

Found find(const Core &core, const QJsonObject &reference)
{
    for (const ReferenceType &type : ReferenceTypes) {
        if (type.name == reference.value("type"_L1).toString())
            return type.find(core, reference);
    }
    return std::nullopt;
}

CompletionQuery queryOf(const QJsonObject &params)
{
    const QJsonObject argument = params.value("argument"_L1).toObject();
    const QJsonObject others = params.value("context"_L1).toObject().value("arguments"_L1).toObject();
    CompletionQuery query{.argument = argument.value("name"_L1).toString(),
                          .value = argument.value("value"_L1).toString()};
    for (auto other = others.begin(); other != others.end(); ++other)
        query.others[other.key()] = other.value().toString();
    return query;
}

QCoro::Task<HandlerResult> completed(Completer completer, CompletionRequest request)
{
    const Completion completion = co_await completer(request);
    const HandlerResult outcome = wireCompletion(completion);
    co_return outcome;
}

} // namespace

void complete(Core &core, const IncomingRequest &incoming)
{
    const Found completer = find(core, incoming.request.params.value("ref"_L1).toObject());
    if (!completer)
        return incoming.reply.error(ErrorCode::InvalidParams,
                                    u"\"ref\" names no prompt and no resource template of this server."_s);
    const CompletionQuery query = queryOf(incoming.request.params);
    if (query.argument.isEmpty())
        return incoming.reply.error(ErrorCode::InvalidParams, u"completion/complete needs the argument's name."_s);
    if (!*completer)
        return incoming.reply.result(wireCompletion({}));
    const Handler handler = [completer = *completer, query](RequestContext context) {
        const CompletionRequest request{.query = query, .context = std::move(context)};
        return completed(completer, request);
    };
    runRequest(core, incoming, handler, u"The completion of %1"_s.arg(Text::line(query.argument, 80)));
}

} // namespace Mcp
