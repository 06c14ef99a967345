#include "fixtures.h"

using namespace Qt::StringLiterals;

namespace Fixtures {

const QString WatchedResource = u"test://watched-resource"_s;
const QString RedPixel =
    u"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="_s;

Mcp::RegisteredTool tool(const QString &name, const QString &description, ToolFunction run,
                         const QJsonObject &inputSchema)
{
    return {.description = {.name = name, .description = description, .inputSchema = inputSchema}, .run = run};
}

QJsonObject textBlock(const QString &text)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

QJsonObject imageBlock()
{
    return {{u"type"_s, u"image"_s}, {u"data"_s, RedPixel}, {u"mimeType"_s, u"image/png"_s}};
}

QJsonObject resourceBlock(const QString &uri, const QString &mimeType, const QString &text)
{
    const QJsonObject resource{{u"uri"_s, uri}, {u"mimeType"_s, mimeType}, {u"text"_s, text}};
    return {{u"type"_s, u"resource"_s}, {u"resource"_s, resource}};
}

QJsonObject objectSchema(const QJsonObject &properties)
{
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, QJsonArray::fromStringList(properties.keys())}};
}

} // namespace Fixtures
