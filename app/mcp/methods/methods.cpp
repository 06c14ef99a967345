#include "mcp/methods/methods.h"

#include "mcp/methods/completionmethods.h"
#include "mcp/methods/lifecycle.h"
#include "mcp/methods/listenmethods.h"
#include "mcp/methods/promptmethods.h"
#include "mcp/methods/resourcemethods.h"
#include "mcp/methods/toolmethods.h"
#include "mcp/protocol/displaytext.h"
#include "mcp/protocol/envelope.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

struct Method
{
    QLatin1StringView name;
    Eras eras;
    void (*run)(Core &, const Incoming &);
};

constexpr Eras BothEras = Eras(Era::Legacy) | Era::Modern;

constexpr std::array Methods{
    Method{QLatin1StringView("initialize"), Era::Legacy, initialize},
    Method{QLatin1StringView("ping"), Era::Legacy, ping},
    Method{QLatin1StringView("server/discover"), Era::Modern, discover},
    Method{QLatin1StringView("logging/setLevel"), Era::Legacy, setLogLevel},
    Method{QLatin1StringView("subscriptions/listen"), Era::Modern, listen},
    Method{QLatin1StringView("tools/list"), BothEras, listTools},
    Method{QLatin1StringView("tools/call"), BothEras, callTool},
    Method{QLatin1StringView("prompts/list"), BothEras, listPrompts},
    Method{QLatin1StringView("prompts/get"), BothEras, getPrompt},
    Method{QLatin1StringView("resources/list"), BothEras, listResources},
    Method{QLatin1StringView("resources/templates/list"), BothEras, listResourceTemplates},
    Method{QLatin1StringView("resources/read"), BothEras, readResource},
    Method{QLatin1StringView("resources/subscribe"), Era::Legacy, subscribeResource},
    Method{QLatin1StringView("resources/unsubscribe"), Era::Legacy, unsubscribeResource},
    Method{QLatin1StringView("completion/complete"), BothEras, complete},
};

struct NotificationRow
{
    QLatin1StringView name;
    Eras eras;
    void (*run)(Core &, const Notification &, const Sender &);
};

constexpr std::array Notifications{
    NotificationRow{QLatin1StringView("notifications/cancelled"), Era::Legacy, cancelRequest},
};

template<typename Table>
auto rowFor(const Table &table, const QString &name, Era era)
{
    return std::find_if(table.begin(), table.end(),
                        [&](const auto &row) { return row.name == name && row.eras.testFlag(era); });
}

} // namespace

Client clientOf(const Core &core, const Incoming &incoming)
{
    if (incoming.reply.revision().era == Era::Modern)
        return shownClient(Envelope(incoming.request.params).client(), incoming.sender);
    return core.clients.find(incoming.sender);
}

void dispatch(Core &core, const Incoming &incoming)
{
    const auto method = rowFor(Methods, incoming.request.method, incoming.reply.revision().era);
    if (method != Methods.end()) {
        method->run(core, incoming);
        return;
    }
    incoming.reply.error(ErrorCode::MethodNotFound,
                         u"There is no method \"%1\"."_s.arg(displayText(incoming.request.method, 80)));
}

void dispatch(Core &core, const Notification &notification, const Revision &revision, const Sender &sender)
{
    const auto row = rowFor(Notifications, notification.method, revision.era);
    if (row != Notifications.end())
        row->run(core, notification, sender);
}

} // namespace Mcp
