#include "mcp/methods/listenmethods.h"

#include "mcp/protocol/displaytext.h"

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr auto TooMany = "Too many event streams are open already. Close some, or try again later."_L1;
constexpr auto NoStream = "This is told on an event stream: the Accept header must name text/event-stream."_L1;

/// The URI of a request that is about one which can be subscribed to; null where the request was refused.
QString subscribableUri(const Core &core, const Incoming &incoming)
{
    const QString uri = incoming.request.params.value("uri"_L1).toString();
    if (!core.resources.canSubscribe(Era::Legacy)) {
        incoming.reply.error(ErrorCode::MethodNotFound, u"Resources of this server cannot be subscribed to."_s);
        return {};
    }
    if (!core.resources.isSubscribable(uri, Era::Legacy)) {
        incoming.reply.error({.code = ErrorCode::ResourceNotFound,
                              .message = u"There is no resource \"%1\" to subscribe to."_s.arg(displayText(uri, 200)),
                              .data = {{u"uri"_s, uri}}});
        return {};
    }
    return uri;
}

} // namespace

void listen(Core &core, const Incoming &incoming)
{
    const QJsonValue filter = incoming.request.params.value("notifications"_L1);
    if (!filter.isObject())
        return incoming.reply.error(ErrorCode::InvalidParams,
                                    u"subscriptions/listen needs a \"notifications\" filter."_s);
    Interest interest = interestIn(filter.toObject());
    if (interest.uris.size() > Listeners::MostUris) {
        return incoming.reply.error(ErrorCode::InvalidParams,
                                    u"No more than %1 resources can be subscribed to."_s.arg(Listeners::MostUris));
    }
    interest.uris.removeIf([&core](const QString &uri) { return !core.resources.isSubscribable(uri, Era::Modern); });
    if (core.listeners.isFull())
        return incoming.reply.error(ErrorCode::InternalError, TooMany);
    if (!incoming.reply.answer()->openStream())
        return incoming.reply.error(ErrorCode::InvalidRequest, NoStream);
    core.listeners.add(incoming.reply, interest);
}

void subscribeResource(Core &core, const Incoming &incoming)
{
    const QString uri = subscribableUri(core, incoming);
    if (uri.isNull())
        return;
    if (core.listeners.subscribe(incoming.sender, uri))
        incoming.reply.result({});
    else
        incoming.reply.error(ErrorCode::InvalidParams,
                             u"No more than %1 resources can be subscribed to."_s.arg(Listeners::MostUris));
}

void unsubscribeResource(Core &core, const Incoming &incoming)
{
    const QString uri = subscribableUri(core, incoming);
    if (uri.isNull())
        return;
    core.listeners.unsubscribe(incoming.sender, uri);
    incoming.reply.result({});
}

void openStream(Core &core, const Http::ExchangePtr &exchange, const Sender &sender)
{
    const auto answer = std::make_shared<ExchangeAnswer>(exchange);
    const auto refuse = [&answer](int code, const QString &words, int status) {
        answer->send(errorMessage(QJsonValue::Undefined, {.code = code, .message = words}), status);
    };
    if (core.listeners.isFull())
        refuse(ErrorCode::InternalError, TooMany, 503);
    else if (answer->openStream())
        core.listeners.add(answer, sender);
    else
        refuse(ErrorCode::InvalidRequest, NoStream, 406);
}

} // namespace Mcp
