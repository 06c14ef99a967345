#include "mcp/pagecursor.h"

#include <QByteArray>

using namespace Qt::StringLiterals;

namespace Mcp {

QString pageCursor(QLatin1StringView list, qsizetype from)
{
    const QString words = u"%1 from %2"_s.arg(list).arg(from);
    return QString::fromLatin1(words.toUtf8().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::optional<qsizetype> pageStart(QLatin1StringView list, const QJsonValue &cursor, qsizetype listSize)
{
    if (cursor.isUndefined() || cursor.isNull())
        return 0;
    const auto decoded = QByteArray::fromBase64Encoding(cursor.toString().toLatin1(), QByteArray::Base64UrlEncoding);
    if (!decoded)
        return std::nullopt;
    const QString words = QString::fromUtf8(*decoded);
    const qsizetype from = words.section(u' ', -1).toLongLong();
    const bool isOurs = from > 0 && from < listSize && pageCursor(list, from) == cursor.toString();
    return isOurs ? std::optional(from) : std::nullopt;
}

} // namespace Mcp
