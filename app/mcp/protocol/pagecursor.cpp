#include "mcp/protocol/pagecursor.h"

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

std::optional<qsizetype> pageStart(const QString &list, const QJsonObject &params, const Seal &seal)
{
    const QJsonValue cursor = params.value("cursor"_L1);
    if (!params.contains("cursor"_L1) || cursor.isNull())
        return 0;
    const std::optional<QByteArray> from = seal.open(cursor.toString(), list.toUtf8());
    return from ? std::optional(qsizetype(from->toLongLong())) : std::nullopt;
}

} // namespace

std::optional<QJsonObject> pageOf(const QString &list, const QJsonArray &entries, const QJsonObject &params,
                                  const Seal &seal)
{
    const std::optional<qsizetype> start = pageStart(list, params, seal);
    if (!start)
        return std::nullopt;
    const qsizetype end = qMin(*start + EntriesPerPage, entries.size());
    QJsonArray page;
    for (qsizetype i = *start; i < end; ++i)
        page << entries.at(i);
    QJsonObject result{{list, page}};
    if (end < entries.size())
        result["nextCursor"_L1] = seal.seal(QByteArray::number(end), list.toUtf8());
    return result;
}

} // namespace Mcp
