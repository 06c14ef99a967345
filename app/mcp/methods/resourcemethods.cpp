#include "mcp/methods/resourcemethods.h"

#include "mcp/methods/listmethods.h"
#include "mcp/methods/undertaking.h"
#include "mcp/protocol/displaytext.h"
#include "mcp/protocol/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Mcp {

namespace {

constexpr auto ListFreshFor = 10s;

Resource described(const ResourceTemplate &single)
{
    return {.uri = single.uriTemplate,
            .name = single.name,
            .title = single.title,
            .description = single.description,
            .mimeType = single.mimeType};
}

// What is listed is asked for one family after the other.
QCoro::Task<Outcome> gather(QList<ResourceShelf::Entry> entries, Incoming incoming, Seal seal, RequestContext context)
{
    const Revision revision = incoming.reply.revision();
    QJsonArray resources;
    for (const ResourceShelf::Entry &entry : entries) {
        if (entry.isSingle())
            resources << wireResource(described(entry.offer.description), revision);
        if (!entry.offer.list)
            continue;
        const ResourceListing listing = co_await entry.offer.list(context);
        if (!listing.failure.isEmpty()) {
            const Error error{.code = ErrorCode::InternalError, .message = listing.failure};
            co_return error;
        }
        for (const Resource &resource : listing.resources)
            resources << wireResource(resource, revision);
    }
    const Outcome page = listPage(u"resources"_s, resources, incoming.request.params, seal, ListFreshFor);
    co_return page;
}

Error notFound(const QString &uri)
{
    return {.code = ErrorCode::ResourceNotFound,
            .message = u"There is no resource \"%1\"."_s.arg(displayText(uri, 200)),
            .data = {{u"uri"_s, uri}}};
}

Outcome outcomeOf(const ResourceResult &result, const QString &uri, std::chrono::milliseconds freshFor)
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

QCoro::Task<Outcome> read(ResourceShelf::Match match, QString uri, RequestContext context)
{
    const ResourceRequest request{.uri = uri, .variables = match.variables, .context = context};
    const ResourceResult result = co_await match.offer.read(request);
    const Outcome outcome = outcomeOf(result, uri, match.offer.freshFor);
    co_return outcome;
}

} // namespace

void listResources(Core &core, const Incoming &incoming)
{
    const Handler handler = [entries = core.resources.entries(), incoming, seal = core.seal](RequestContext context) {
        return gather(entries, incoming, seal, std::move(context));
    };
    undertake(core, incoming, handler, u"The list of resources"_s);
}

void listResourceTemplates(Core &core, const Incoming &incoming)
{
    QJsonArray templates;
    for (const ResourceShelf::Entry &entry : core.resources.entries()) {
        if (!entry.isSingle())
            templates << wireResourceTemplate(entry.offer.description, incoming.reply.revision());
    }
    answerList(core, incoming, u"resourceTemplates"_s, templates);
}

void readResource(Core &core, const Incoming &incoming)
{
    const QJsonValue uri = incoming.request.params.value("uri"_L1);
    if (!uri.isString())
        return incoming.reply.error(ErrorCode::InvalidParams, u"resources/read needs the uri of a resource."_s);
    const std::optional<ResourceShelf::Match> match = core.resources.match(uri.toString());
    if (!match)
        return incoming.reply.error(notFound(uri.toString()));
    const Handler handler = [match = *match, uri = uri.toString()](RequestContext context) {
        return read(match, uri, std::move(context));
    };
    undertake(core, incoming, handler, u"The resource %1"_s.arg(match->offer.description.name));
}

} // namespace Mcp
