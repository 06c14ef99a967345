#include "mcp/transport/server.h"

#include "mcp/methods/dispatch.h"
#include "mcp/methods/listenmethods.h"
#include "mcp/protocol/classify.h"
#include "mcp/protocol/wire.h"
#include "mcp/transport/httpresponder.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

void reject(const Http::ExchangePtr &exchange, const Rejection &rejection)
{
    Http::Reply reply{.status = rejection.status, .body = errorMessage(rejection.id, rejection.error)};
    if (rejection.status == 405)
        reply.headers << std::pair<QByteArray, QByteArray>("Allow", "POST, GET");
    exchange->respond(reply);
}

/// A session that was ended would have to be answered with 404 from then on, on which clients hang. The ids tell one
/// window of a client from another, no more.
Rejection noSessions()
{
    return {.status = 405,
            .error = {.code = ErrorCode::InvalidRequest,
                      .message = u"This server keeps no sessions that could be ended."_s}};
}

QJsonValue idOf(const Payload &payload)
{
    const auto *request = std::get_if<Request>(&payload.messages.first());
    return request ? request->id : QJsonValue(QJsonValue::Undefined);
}

// Hands the messages of one POST to their methods.
class Delivery
{
public:
    Delivery(Core &core, Revision revision, const Http::ExchangePtr &exchange)
        : m_core(core)
        , m_revision(revision)
        , m_exchange(exchange)
        , m_peer(peerOf(*exchange))
    {}

    void deliver(const Message &message)
    {
        if (const auto *request = std::get_if<Request>(&message)) {
            dispatch(m_core, incoming(*request, std::make_shared<HttpResponder>(m_exchange)));
            return;
        }
        deliverUnanswered(message);
        acknowledge(m_exchange);
    }

    void deliverBatch(const QList<Message> &messages)
    {
        const auto batch = std::make_shared<Batch>(m_exchange);
        for (const Message &message : messages)
            deliverElement(message, *batch);
    }

private:
    void deliverElement(const Message &message, Batch &batch)
    {
        if (const auto *malformed = std::get_if<Malformed>(&message)) {
            batch.add(errorMessage(malformed->id, malformed->error));
        } else if (const auto *request = std::get_if<Request>(&message)) {
            if (request->method == MethodName::Initialize)
                batch.add(errorMessage(request->id, {ErrorCode::InvalidRequest, u"initialize must come alone."_s}));
            else
                dispatch(m_core, incoming(*request, batch.responder()));
        } else {
            deliverUnanswered(message);
        }
    }

    void deliverUnanswered(const Message &message)
    {
        if (const auto *notification = std::get_if<Notification>(&message))
            dispatch(m_core, *notification, m_revision, m_peer);
        else if (const auto *response = std::get_if<Response>(&message))
            m_core.clientRequests->answer(*response, m_peer);
    }

    IncomingRequest incoming(const Request &request, const ResponderPtr &responder) const
    {
        const QJsonObject serverInfo = wireImplementation(m_core.implementation, m_revision);
        return {.request = request, .peer = m_peer, .reply = Reply(request.id, m_revision, serverInfo, responder)};
    }

    Core &m_core;
    Revision m_revision;
    const Http::ExchangePtr &m_exchange;
    Peer m_peer;
};

} // namespace

class Server::Private
{
public:
    // Shared: a tool or a slot may delete the server while one of its messages is being handled.
    std::shared_ptr<Core> core = std::make_shared<Core>();
};

Server::Server(Implementation implementation, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->core->implementation = std::move(implementation);
    d->core->refused = [self = QPointer(this)](const ToolRequest &request, const QString &reason) {
        if (self)
            Q_EMIT self->toolCallRefused(request, reason);
    };
    d->core->listeners.whenResourcesWatched = [self = QPointer(this)](bool areWatched) {
        if (self)
            Q_EMIT self->resourcesWatched(areWatched);
    };
}

Server::~Server()
{
    cancelAll();
    abandonAll();
}

void Server::setTools(QList<RegisteredTool> tools)
{
    if (d->core->tools.replace(tools))
        d->core->listeners.announceList(ListKind::Tools);
}

void Server::setPrompts(QList<RegisteredPrompt> prompts)
{
    if (d->core->prompts.replace(prompts))
        d->core->listeners.announceList(ListKind::Prompts);
}

void Server::setResources(QList<RegisteredResource> resources)
{
    if (d->core->resources.replace(resources))
        d->core->listeners.announceList(ListKind::Resources);
}

void Server::setLogging(bool enabled)
{
    d->core->logging = enabled;
}

void Server::announceResource(const QString &uri)
{
    d->core->listeners.announceResource(uri);
}

void Server::handle(Http::ExchangePtr exchange)
{
    const std::shared_ptr<Core> core = d->core;
    const Http::Request &request = exchange->request();
    const bool isPost = request.head.method == "POST";
    const Payload payload = isPost ? parse(request.body) : Payload();
    const Verdict verdict = classify(requestHeaders(request.head), payload);
    if (const auto *rejection = std::get_if<Rejection>(&verdict))
        return reject(exchange, *rejection);
    if (request.head.method == "GET")
        return openStream(*core, std::make_shared<HttpResponder>(exchange), peerOf(*exchange));
    if (!isPost)
        return reject(exchange, noSessions());

    const Revision revision = std::get<Revision>(verdict);
    if (!revision.served)
        return reject(exchange, unsupportedRevision(idOf(payload), revision.date));

    Delivery delivery(*core, revision, exchange);
    if (payload.isBatch)
        delivery.deliverBatch(payload.messages);
    else
        delivery.deliver(payload.messages.first());
}

void Server::setCallRate(double atOnce, double aSecond)
{
    d->core->callRates = RateLimits(atOnce, aSecond);
}

void Server::endRequestsOf(const QString &keyName)
{
    d->core->pending.endThoseOf(keyName, u"The access key of this client was revoked."_s);
}

void Server::cancelAll()
{
    d->core->listeners.endAll();
    d->core->pending.stopAll();
}

void Server::abandonAll()
{
    d->core->pending.abandonAll();
}

} // namespace Mcp
