#include "mcp/methods/pages.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Mcp {

namespace {

/// For clients that do not listen: they see a change this late.
constexpr auto FreshFor = 60s;

std::optional<qsizetype> pageStart(const QString &list, const QJsonObject &params, const TokenSigner &signer)
{
    const QJsonValue cursor = params.value("cursor"_L1);
    if (!params.contains("cursor"_L1) || cursor.isNull())
        return 0;
    const std::optional<QByteArray> from = signer.verify(cursor.toString(), list.toUtf8());
    return from ? std::optional(qsizetype(from->toLongLong())) : std::nullopt;
}

} // namespace

std::optional<QJsonObject> pageOf(const QString &list, const QJsonArray &entries, const QJsonObject &params,
                                  const TokenSigner &signer)
{
    const std::optional<qsizetype> start = pageStart(list, params, signer);
    if (!start)
        return std::nullopt;
    const qsizetype end = qMin(*start + EntriesPerPage, entries.size());
    QJsonArray page;
    for (qsizetype i = *start; i < end; ++i)
        page << entries.at(i);
    QJsonObject result{{list, page}};
    if (end < entries.size())
        result["nextCursor"_L1] = signer.sign(QByteArray::number(end), list.toUtf8());
    return result;
}

void answerList(const Core &core, const IncomingRequest &incoming, const QString &list, const QJsonArray &entries)
{
    const std::optional<QJsonObject> page = pageOf(list, entries, incoming.request.params, core.signer);
    if (page)
        incoming.reply.result(cacheable(*page, FreshFor));
    else
        incoming.reply.error(ErrorCode::InvalidParams,
                             u"The cursor is not one of this list; begin without a cursor."_s);
}

} // namespace Mcp
