#include "tools/files/volumepath.h"

#include "tools/kit/parts.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

QString volumePath(const QString &path)
{
    QString plain = path;
    if (plain.startsWith("dbfs:"_L1))
        plain.remove(0, 5);
    while (plain.endsWith(u'/'))
        plain.chop(1);
    // "", "Volumes", catalog, schema, volume
    constexpr qsizetype ToTheVolume = 5;
    if (!plain.startsWith("/Volumes/"_L1) || plain.split(u'/').size() < ToTheVolume)
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"“%1” is not a path in a volume. It reads /Volumes/catalog/schema/volume/…; list_volumes shows which there are."_s
                .arg(path));
    return plain;
}

QString volumeAddress(const QString &path)
{
    QStringList segments = volumePath(path).split(u'/');
    for (qsizetype i = 1; i < segments.size(); ++i)
        segments[i] = Databricks::pathSegment(segments.at(i));
    return segments.join(u'/');
}

std::optional<QByteArray> contentToWrite(const ToolCall &call)
{
    const QString content = call.text(u"content"_s);
    return call.text(u"encoding"_s) == "base64"_L1 ? fromBase64(content) : std::optional(content.toUtf8());
}

} // namespace Tools
