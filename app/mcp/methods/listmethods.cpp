#include "mcp/methods/listmethods.h"

#include "mcp/protocol/pagecursor.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Mcp {

namespace {

/// For clients that do not listen: they see a change this late.
constexpr auto FreshFor = 60s;

} // namespace

Outcome listPage(const QString &list, const QJsonArray &entries, const QJsonObject &params, const Seal &seal,
                 std::chrono::milliseconds freshFor)
{
    const std::optional<QJsonObject> page = pageOf(list, entries, params, seal);
    if (page)
        return cacheable(*page, freshFor);
    return Error{.code = ErrorCode::InvalidParams,
                 .message = u"The cursor is not one of this list; begin without a cursor."_s};
}

void answerList(const Core &core, const Incoming &incoming, const QString &list, const QJsonArray &entries)
{
    const Outcome page = listPage(list, entries, incoming.request.params, core.seal, FreshFor);
    if (const auto *error = std::get_if<Error>(&page))
        incoming.reply.error(*error);
    else
        incoming.reply.result(std::get<QJsonObject>(page));
}

} // namespace Mcp
