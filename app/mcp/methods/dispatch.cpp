#include "mcp/methods/dispatch.h"

#include "common/bytes.h"
#include "common/visible.h"
#include "mcp/methods/completionmethods.h"
#include "mcp/methods/listenmethods.h"
#include "mcp/methods/promptmethods.h"
#include "mcp/methods/resourcemethods.h"
#include "mcp/methods/toolmethods.h"
#include "mcp/protocol/wire.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Mcp {

namespace {

/// What a server says of itself changes with its version only.
constexpr auto DiscoveryFreshFor = 5min;

constexpr qsizetype SessionIdBytes = 18; ///< random ones, before they are letters

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

/// initialize (2025-11-25, basic/lifecycle): agrees on a revision, remembers the client's name and hands out an id that
/// tells this window of the client from its others (basic/transports, "Session Management").
void initialize(Core &core, const IncomingRequest &incoming)
{
    const QJsonObject &params = incoming.request.params;
    const QJsonValue wanted = params[u"protocolVersion"_s];
    if (!wanted.isString())
        return incoming.reply.error(ErrorCode::InvalidParams, u"initialize needs a protocolVersion."_s);
    const std::optional<Revision> known = findRevision(wanted.toString());
    const bool isOurs = known && known->served && known->era == Era::Legacy;
    const Revision agreed = isOurs ? *known : latestLegacyRevision();

    const QJsonObject client = params[u"clientInfo"_s].toObject();
    const QByteArray session = Bytes::base64Url(Bytes::random(SessionIdBytes));
    core.clients.introduce(incoming.peer.inSession(session),
                           {.name = client[u"name"_s].toString(), .version = client[u"version"_s].toString()});

    const QJsonObject result{{u"protocolVersion"_s, QString(agreed.date)},
                             {u"capabilities"_s, capabilities(core, Era::Legacy)},
                             {u"serverInfo"_s, wireImplementation(core.implementation, agreed)}};
    incoming.reply.responder()->handOutSession(session);
    incoming.reply.result(withInstructions(result, core.implementation));
}

/// server/discover (2026-07-28, server/discover).
void discover(Core &core, const IncomingRequest &incoming)
{
    const QJsonObject result{{u"supportedVersions"_s, servedRevisions()},
                             {u"capabilities"_s, capabilities(core, Era::Modern)}};
    incoming.reply.result(cacheable(withInstructions(result, core.implementation), DiscoveryFreshFor));
}

void ping(Core &, const IncomingRequest &incoming)
{
    incoming.reply.result({});
}

/// logging/setLevel (2025-11-25, server/utilities/logging): for all that comes from the same client.
void setLogLevel(Core &core, const IncomingRequest &incoming)
{
    if (!core.logging)
        return incoming.reply.error(ErrorCode::MethodNotFound, u"This server sends no log messages."_s);
    const std::optional<LogLevel> level = findLogLevel(incoming.request.params.value("level"_L1).toString());
    if (!level)
        return incoming.reply.error(ErrorCode::InvalidParams, u"There is no such level."_s);
    core.logLevels.remember(incoming.peer.key(), *level);
    incoming.reply.result({});
}

/// notifications/cancelled (2025-11-25, basic/utilities/cancellation). Nothing is said of what is no longer in work.
void cancelRequest(Core &core, const Notification &notification, const Peer &peer)
{
    core.pending.cancel(notification.params[u"requestId"_s], peer);
}

struct MethodRow
{
    QLatin1StringView name;
    Eras eras;
    void (*run)(Core &, const IncomingRequest &);
};

constexpr Eras BothEras = Eras(Era::Legacy) | Era::Modern;

constexpr std::array Methods{
    MethodRow{MethodName::Initialize, Era::Legacy, initialize},
    MethodRow{QLatin1StringView("ping"), Era::Legacy, ping},
    MethodRow{QLatin1StringView("server/discover"), Era::Modern, discover},
    MethodRow{QLatin1StringView("logging/setLevel"), Era::Legacy, setLogLevel},
    MethodRow{MethodName::Listen, Era::Modern, listen},
    MethodRow{QLatin1StringView("tools/list"), BothEras, listTools},
    MethodRow{MethodName::CallTool, BothEras, callTool},
    MethodRow{QLatin1StringView("prompts/list"), BothEras, listPrompts},
    MethodRow{MethodName::GetPrompt, BothEras, getPrompt},
    MethodRow{QLatin1StringView("resources/list"), BothEras, listResources},
    MethodRow{QLatin1StringView("resources/templates/list"), BothEras, listResourceTemplates},
    MethodRow{MethodName::ReadResource, BothEras, readResource},
    MethodRow{QLatin1StringView("resources/subscribe"), Era::Legacy, subscribeResource},
    MethodRow{QLatin1StringView("resources/unsubscribe"), Era::Legacy, unsubscribeResource},
    MethodRow{QLatin1StringView("completion/complete"), BothEras, complete},
};

struct NotificationRow
{
    QLatin1StringView name;
    Eras eras;
    void (*run)(Core &, const Notification &, const Peer &);
};

constexpr std::array Notifications{
    NotificationRow{MethodName::Cancelled, Era::Legacy, cancelRequest},
};

template<typename Table>
auto rowFor(const Table &table, const QString &name, Era era)
{
    return std::find_if(table.begin(), table.end(),
                        [&](const auto &row) { return row.name == name && row.eras.testFlag(era); });
}

} // namespace

void dispatch(Core &core, const IncomingRequest &incoming)
{
    const auto method = rowFor(Methods, incoming.request.method, incoming.reply.revision().era);
    if (method != Methods.end()) {
        method->run(core, incoming);
        return;
    }
    incoming.reply.error(ErrorCode::MethodNotFound,
                         u"There is no method \"%1\"."_s.arg(Text::line(incoming.request.method, 80)));
}

void dispatch(Core &core, const Notification &notification, const Revision &revision, const Peer &peer)
{
    const auto row = rowFor(Notifications, notification.method, revision.era);
    if (row != Notifications.end())
        row->run(core, notification, peer);
}

} // namespace Mcp
