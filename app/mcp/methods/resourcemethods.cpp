#include "mcp/methods/resourcemethods.h"

#include "common/visible.h"
#include "mcp/methods/pages.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

Error notFound(const QString &uri)
{
    return {.code = ErrorCode::ResourceNotFound,
            .message = u"There is no resource \"%1\"."_s.arg(Text::line(uri, 200)),
            .data = {{u"uri"_s, uri}}};
}

HandlerResult outcomeOf(const ResourceResult &result, const QString &uri, std::chrono::milliseconds freshFor)
{
    switch (result.outcome()) {
    case ResourceResult::Outcome::Read:
        break;
    case ResourceResult::Outcome::NotFound:
        return notFound(uri);
    case ResourceResult::Outcome::Failed:
        return Error{.code = ErrorCode::InternalError, .message = result.words()};
    case ResourceResult::Outcome::InputRequired:
        return result.input();
    }
    // The protocol has no empty contents: nothing there means not there.
    if (result.contents().isEmpty())
        return notFound(uri);
    return cacheable(wireContents(result.contents()), freshFor);
}

QCoro::Task<HandlerResult> read(ResourceRegistry::Match match, QString uri, RequestContext context)
{
    const ResourceRequest request{.uri = uri, .variables = match.variables, .context = context};
    const ResourceResult result = co_await match.registered.read(request);
    const HandlerResult outcome = outcomeOf(result, uri, match.registered.freshFor);
    co_return outcome;
}

} // namespace

void listResources(Core &core, const IncomingRequest &incoming)
{
    QJsonArray resources;
    for (const ResourceRegistry::Entry &entry : core.resources.entries()) {
        if (entry.isSingle())
            resources << wireResource(entry.registered.description, incoming.reply.revision());
    }
    answerList(core, incoming, u"resources"_s, resources);
}

void listResourceTemplates(Core &core, const IncomingRequest &incoming)
{
    QJsonArray templates;
    for (const ResourceRegistry::Entry &entry : core.resources.entries()) {
        if (!entry.isSingle())
            templates << wireResourceTemplate(entry.registered.description, incoming.reply.revision());
    }
    answerList(core, incoming, u"resourceTemplates"_s, templates);
}

void readResource(Core &core, const IncomingRequest &incoming)
{
    const QJsonValue uri = incoming.request.params.value("uri"_L1);
    if (!uri.isString())
        return incoming.reply.error(ErrorCode::InvalidParams, u"resources/read needs the uri of a resource."_s);
    const std::optional<ResourceRegistry::Match> match = core.resources.match(uri.toString());
    if (!match)
        return incoming.reply.error(notFound(uri.toString()));
    const Handler handler = [match = *match, uri = uri.toString()](RequestContext context) {
        return read(match, uri, std::move(context));
    };
    runRequest(core, incoming, handler, u"The resource %1"_s.arg(match->registered.description.name));
}

} // namespace Mcp
