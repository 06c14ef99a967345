#include "mcp/lifecycle.h"

#include "mcp/wire.h"

using namespace Qt::StringLiterals;

namespace Mcp {

void initialize(Core &core, const Incoming &incoming)
{
    const QJsonObject &params = incoming.request.params;
    const QJsonValue wanted = params[u"protocolVersion"_s];
    if (!wanted.isString()) {
        const Error error{.code = ErrorCode::InvalidParams, .message = u"initialize needs a protocolVersion."_s};
        incoming.answer->send(errorMessage(incoming.request.id, error));
        return;
    }
    const std::optional<Revision> known = findRevision(wanted.toString());
    const bool isOurs = known && known->served && known->era == Era::Legacy;
    const Revision agreed = isOurs ? *known : latestLegacyRevision();

    const QJsonObject client = params[u"clientInfo"_s].toObject();
    core.clients.introduce(incoming.sender,
                           {.name = client[u"name"_s].toString(), .version = client[u"version"_s].toString()});

    const QJsonObject capabilities{{u"tools"_s, QJsonObject{{u"listChanged"_s, false}}}};
    QJsonObject result{{u"protocolVersion"_s, QString(agreed.date)},
                       {u"capabilities"_s, capabilities},
                       {u"serverInfo"_s, wireImplementation(core.implementation, agreed)}};
    if (!core.implementation.instructions.isEmpty())
        result[u"instructions"_s] = core.implementation.instructions;
    incoming.answer->send(resultMessage(incoming.request.id, result));
}

void ping(Core &, const Incoming &incoming)
{
    incoming.answer->send(resultMessage(incoming.request.id, {}));
}

void cancelRequest(Core &core, const Notification &notification, const Sender &sender)
{
    core.pending.cancel(notification.params[u"requestId"_s], sender);
}

} // namespace Mcp
