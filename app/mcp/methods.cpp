#include "mcp/methods.h"

#include "mcp/displaytext.h"
#include "mcp/lifecycle.h"
#include "mcp/toolmethods.h"

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
    Method{QLatin1StringView("tools/list"), BothEras, listTools},
    Method{QLatin1StringView("tools/call"), BothEras, callTool},
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

void dispatch(Core &core, const Incoming &incoming)
{
    const auto method = rowFor(Methods, incoming.request.method, incoming.revision.era);
    if (method != Methods.end()) {
        method->run(core, incoming);
        return;
    }
    const Error error{.code = ErrorCode::MethodNotFound,
                      .message = u"There is no method \"%1\"."_s.arg(displayText(incoming.request.method, 80))};
    incoming.answer->send(errorMessage(incoming.request.id, error));
}

void dispatch(Core &core, const Notification &notification, const Revision &revision, const Sender &sender)
{
    const auto row = rowFor(Notifications, notification.method, revision.era);
    if (row != Notifications.end())
        row->run(core, notification, sender);
}

} // namespace Mcp
