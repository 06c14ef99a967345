#include "mcp/methods/runrequest.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

/// A legacy client is asked in so many rounds at most; it has no say in when they end.
constexpr int MostRounds = 16;

/// What the rounds of one request have in common.
struct RunningRequest
{
    std::shared_ptr<PendingRequest> pending;
    Handler handler;
    QString subject;
    RequestContext::Parts parts;
    std::weak_ptr<ClientRequests> clientRequests;
    TokenSigner signer;
    QByteArray binding;
    int rounds = 0;
};

using RunningRequestPtr = std::shared_ptr<RunningRequest>;

void begin(const RunningRequestPtr &work);

void sendInputRequired(const RunningRequestPtr &work, const InputRequired &input)
{
    const Reply &reply = work->pending->reply;
    const RequestContext context(work->parts);
    QJsonObject missing;
    QJsonObject requests;
    for (auto request = input.requests.begin(); request != input.requests.end(); ++request) {
        requests[request.key()] = QJsonObject{{u"method"_s, request->method}, {u"params"_s, request->params}};
        if (!context.clientCan(request->capability()))
            missing[request->capability()] = QJsonObject();
    }
    if (!missing.isEmpty()) {
        return reply.error({.code = ErrorCode::MissingCapability,
                            .message = u"This needs a capability that the client has not declared: %1."_s.arg(
                                missing.keys().join(u", "_s)),
                            .data = {{u"requiredCapabilities"_s, missing}}});
    }
    QJsonObject result{{u"resultType"_s, u"input_required"_s}};
    if (!requests.isEmpty())
        result["inputRequests"_L1] = requests;
    if (!input.state.isEmpty())
        result["requestState"_L1] = signedState(input.state, work->signer, work->binding);
    reply.result(result);
}

void askClient(const RunningRequestPtr &work, const InputRequired &input)
{
    const Reply &reply = work->pending->reply;
    const std::shared_ptr<ClientRequests> clientRequests = work->clientRequests.lock();
    if (!clientRequests)
        return reply.error(ErrorCode::InternalError, u"The server was stopped before the request was done."_s);
    if (++work->rounds > MostRounds)
        return reply.error(ErrorCode::InternalError, u"The client was asked for input too often."_s);
    work->parts.state = input.state;
    clientRequests->ask(input, work->pending, [work](const QJsonObject &answers, const QString &problem) {
        if (!problem.isEmpty())
            return work->pending->reply.error(ErrorCode::InternalError, problem);
        work->parts.inputs = answers;
        begin(work);
    });
}

void requireInput(const RunningRequestPtr &work, const InputRequired &input)
{
    const Reply &reply = work->pending->reply;
    if (reply.revision().era == Era::Modern)
        sendInputRequired(work, input);
    else if (input.requests.isEmpty())
        reply.error(ErrorCode::InternalError, u"The handler asked for input without saying which."_s);
    else
        askClient(work, input);
}

void settle(const RunningRequestPtr &work, const HandlerResult &outcome)
{
    if (const auto *result = std::get_if<QJsonObject>(&outcome))
        work->pending->reply.result(*result);
    else if (const auto *error = std::get_if<Error>(&outcome))
        work->pending->reply.error(*error);
    else
        requireInput(work, std::get<InputRequired>(outcome));
}

QCoro::Task<> carryOut(RunningRequestPtr work)
{
    try {
        const RequestContext context(work->parts);
        const HandlerResult outcome = co_await work->handler(context);
        settle(work, outcome);
    } catch (...) {
        // What was thrown may quote a request with its token: it goes nowhere.
        qCritical("%s threw an exception; it must answer with an error instead.", qUtf8Printable(work->subject));
        work->pending->reply.error(ErrorCode::InternalError, u"The request failed unexpectedly."_s);
    }
}

void begin(const RunningRequestPtr &work)
{
    // Detached: destroying a Task lets its coroutine run on.
    const QCoro::Task<> task = carryOut(work);
}

std::optional<LogLevel> logLevelFor(const Core &core, const IncomingRequest &incoming)
{
    if (!core.logging)
        return std::nullopt;
    if (incoming.reply.revision().era == Era::Modern)
        return RequestMeta(incoming.request.params).logLevel();
    const LogLevel *level = core.logLevels.find(incoming.peer.key());
    return level ? *level : LogLevel::Info;
}

RequestContext::Parts partsFor(const Core &core, const IncomingRequest &incoming, std::stop_token stop)
{
    const QJsonObject meta = incoming.request.params.value("_meta"_L1).toObject();
    const ResponderPtr &responder = incoming.reply.responder();
    RequestContext::Parts parts;
    parts.client = clientOf(core, incoming);
    parts.revision = incoming.reply.revision().date;
    parts.stop = std::move(stop);
    parts.progress = progressTo(responder, meta.value("progressToken"_L1));
    if (const std::optional<LogLevel> level = logLevelFor(core, incoming))
        parts.log = logTo(responder, *level);
    if (incoming.reply.revision().era == Era::Modern) {
        parts.capabilities = RequestMeta(incoming.request.params).capabilities();
        parts.inputs = incoming.request.params.value("inputResponses"_L1).toObject();
    }
    return parts;
}

/// Empty, or what is wrong with what a client sends when it tries again.
QString retryProblem(const QJsonObject &params)
{
    if (params.contains("inputResponses"_L1) && !params.value("inputResponses"_L1).isObject())
        return u"inputResponses must be an object."_s;
    if (params.contains("requestState"_L1) && !params.value("requestState"_L1).isString())
        return u"requestState must be the string that was given."_s;
    return {};
}

void stopWhenClientLeaves(const std::shared_ptr<PendingRequest> &pending)
{
    const std::weak_ptr<PendingRequest> weak = pending;
    pending->reply.responder()->whenClientLeaves([weak] {
        if (const auto left = weak.lock())
            left->stop.request_stop();
    });
}

} // namespace

Client clientOf(const Core &core, const IncomingRequest &incoming)
{
    Client client = incoming.reply.revision().era == Era::Modern
                        ? shownClient(RequestMeta(incoming.request.params).client(), incoming.peer)
                        : core.clients.find(incoming.peer);
    client.key = incoming.peer.keyName;
    return client;
}

QString obstacle(Core &core, const Peer &peer)
{
    if (!core.callRates.take(peer.keyName))
        return u"Calls come too fast. Wait a few seconds, then try again."_s;
    if (core.pending.isFull(peer.keyName))
        return u"%1 calls are running already. Wait for some of them, then try again."_s.arg(
            PendingRequests::MostAtOnce);
    return {};
}

void runRequest(Core &core, const IncomingRequest &incoming, const Handler &handler, const QString &subject)
{
    const QString words = obstacle(core, incoming.peer);
    if (!words.isEmpty())
        return incoming.reply.error(ErrorCode::InternalError, words);
    beginRequest(core, incoming, handler, subject);
}

void beginRequest(Core &core, const IncomingRequest &incoming, const Handler &handler, const QString &subject)
{
    const Reply &reply = incoming.reply;
    QByteArray binding;
    QJsonObject state;
    if (reply.revision().era == Era::Modern) {
        const QString problem = retryProblem(incoming.request.params);
        if (!problem.isEmpty())
            return reply.error(ErrorCode::InvalidParams, problem);
        binding = stateBinding(incoming.request, incoming.peer.principal);
        const auto opened = verifiedState(incoming.request.params, core.signer, binding);
        if (!opened)
            return reply.error(
                ErrorCode::InvalidParams,
                u"The requestState was not given for this request, or it is too old; begin without it."_s);
        state = *opened;
    }

    const auto pending = core.pending.add(reply, incoming.peer);
    if (reply.revision().era == Era::Modern)
        stopWhenClientLeaves(pending);
    reply.responder()->expectDelay();
    auto work =
        std::make_shared<RunningRequest>(RunningRequest{.pending = pending,
                                                        .handler = handler,
                                                        .subject = subject,
                                                        .parts = partsFor(core, incoming, pending->stop.get_token()),
                                                        .clientRequests = core.clientRequests,
                                                        .signer = core.signer,
                                                        .binding = binding});
    work->parts.state = state;
    begin(work);
}

} // namespace Mcp
