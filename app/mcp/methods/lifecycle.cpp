#include "mcp/methods/lifecycle.h"

#include "mcp/protocol/wire.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Mcp {

namespace {

/// What a server says of itself changes with its version only.
constexpr auto DiscoveryFreshFor = 5min;

QJsonObject capabilities(const Core &core, Era era)
{
    const QJsonObject listChanged{{u"listChanged"_s, true}};
    QJsonObject resources = listChanged;
    if (core.resources.canSubscribe(era))
        resources["subscribe"_L1] = true;
    QJsonObject capabilities{{u"tools"_s, listChanged},
                             {u"prompts"_s, listChanged},
                             {u"resources"_s, resources},
                             {u"completions"_s, QJsonObject()}};
    if (core.logging)
        capabilities["logging"_L1] = QJsonObject();
    return capabilities;
}

QJsonObject withInstructions(QJsonObject result, const Implementation &implementation)
{
    if (!implementation.instructions.isEmpty())
        result["instructions"_L1] = implementation.instructions;
    return result;
}

} // namespace

void initialize(Core &core, const Incoming &incoming)
{
    const QJsonObject &params = incoming.request.params;
    const QJsonValue wanted = params[u"protocolVersion"_s];
    if (!wanted.isString())
        return incoming.reply.error(ErrorCode::InvalidParams, u"initialize needs a protocolVersion."_s);
    const std::optional<Revision> known = findRevision(wanted.toString());
    const bool isOurs = known && known->served && known->era == Era::Legacy;
    const Revision agreed = isOurs ? *known : latestLegacyRevision();

    const QJsonObject client = params[u"clientInfo"_s].toObject();
    core.clients.introduce(incoming.sender,
                           {.name = client[u"name"_s].toString(), .version = client[u"version"_s].toString()});

    const QJsonObject result{{u"protocolVersion"_s, QString(agreed.date)},
                             {u"capabilities"_s, capabilities(core, Era::Legacy)},
                             {u"serverInfo"_s, wireImplementation(core.implementation, agreed)}};
    incoming.reply.result(withInstructions(result, core.implementation));
}

void discover(Core &core, const Incoming &incoming)
{
    const QJsonObject result{{u"supportedVersions"_s, servedRevisions()},
                             {u"capabilities"_s, capabilities(core, Era::Modern)}};
    incoming.reply.result(cacheable(withInstructions(result, core.implementation), DiscoveryFreshFor));
}

void ping(Core &, const Incoming &incoming)
{
    incoming.reply.result({});
}

void setLogLevel(Core &core, const Incoming &incoming)
{
    if (!core.logging)
        return incoming.reply.error(ErrorCode::MethodNotFound, u"This server sends no log messages."_s);
    const std::optional<LogLevel> level = findLogLevel(incoming.request.params.value("level"_L1).toString());
    if (!level)
        return incoming.reply.error(ErrorCode::InvalidParams, u"There is no such level."_s);
    core.logLevels.remember(incoming.sender.key(), *level);
    incoming.reply.result({});
}

void cancelRequest(Core &core, const Notification &notification, const Sender &sender)
{
    core.pending.cancel(notification.params[u"requestId"_s], sender);
}

} // namespace Mcp
