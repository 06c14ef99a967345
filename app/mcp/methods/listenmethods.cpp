#include "mcp/methods/listenmethods.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr auto TooMany = "Too many event streams are open already. Close some, or try again later."_L1;
constexpr auto NoStream = "This is told on an event stream: the Accept header must name text/event-stream."_L1;

/// The URI of a request that is about one which can be subscribed to; null where the request was refused.
QString subscribableUri(const Core &core, const IncomingRequest &incoming)
{
    const QString uri = incoming.request.params.value("uri"_L1).toString();
    if (!core.resources.canSubscribe(Era::Legacy)) {
        incoming.reply.error(ErrorCode::MethodNotFound, u"Resources of this server cannot be subscribed to."_s);
        return {};
    }
    if (!core.resources.isSubscribable(uri, Era::Legacy)) {
        incoming.reply.error({.code = ErrorCode::ResourceNotFound,
                              .message = u"There is no resource \"%1\" to subscribe to."_s.arg(Text::line(uri, 200)),
                              .data = {{u"uri"_s, uri}}});
        return {};
    }
    return uri;
}

} // namespace

void listen(Core &core, const IncomingRequest &incoming)
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
    if (!incoming.reply.responder()->openStream())
        return incoming.reply.error(ErrorCode::InvalidRequest, NoStream);
    core.listeners.add(incoming.reply, interest);
}

void subscribeResource(Core &core, const IncomingRequest &incoming)
{
    const QString uri = subscribableUri(core, incoming);
    if (uri.isNull())
        return;
    if (core.listeners.subscribe(incoming.peer, uri))
        incoming.reply.result({});
    else
        incoming.reply.error(ErrorCode::InvalidParams,
                             u"No more than %1 resources can be subscribed to."_s.arg(Listeners::MostUris));
}

void unsubscribeResource(Core &core, const IncomingRequest &incoming)
{
    const QString uri = subscribableUri(core, incoming);
    if (uri.isNull())
        return;
    core.listeners.unsubscribe(incoming.peer, uri);
    incoming.reply.result({});
}

void openStream(Core &core, const ResponderPtr &responder, const Peer &peer)
{
    const auto refuse = [&responder](int code, const QString &words, int status) {
        responder->send(errorMessage(QJsonValue::Undefined, {.code = code, .message = words}), status);
    };
    if (core.listeners.isFull())
        refuse(ErrorCode::InternalError, TooMany, 503);
    else if (responder->openStream())
        core.listeners.add(responder, peer);
    else
        refuse(ErrorCode::InvalidRequest, NoStream, 406);
}

} // namespace Mcp
