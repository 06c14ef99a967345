#include "fixtures.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Mcp::ResourceContents;
using Mcp::ResourceRequest;
using Mcp::ResourceResult;

namespace Fixtures {

namespace {

QCoro::Task<ResourceResult> text(ResourceRequest request)
{
    const ResourceContents contents{
        .uri = request.uri, .mimeType = u"text/plain"_s, .text = u"This is the content of the static text resource."_s};
    co_return ResourceResult(contents);
}

QCoro::Task<ResourceResult> binary(ResourceRequest request)
{
    const ResourceContents contents{
        .uri = request.uri, .mimeType = u"image/png"_s, .blob = QByteArray::fromBase64(RedPixel.toLatin1())};
    co_return ResourceResult(contents);
}

QCoro::Task<ResourceResult> fromTemplate(ResourceRequest request)
{
    const QString id = request.variables.value(u"id"_s);
    const QJsonObject data{{u"id"_s, id}, {u"templateTest"_s, true}, {u"data"_s, u"Data for ID: %1"_s.arg(id)}};
    const ResourceContents contents{.uri = request.uri,
                                    .mimeType = u"application/json"_s,
                                    .text = QString::fromUtf8(QJsonDocument(data).toJson(QJsonDocument::Compact))};
    co_return ResourceResult(contents);
}

QCoro::Task<ResourceResult> watched(ResourceRequest request)
{
    const ResourceContents contents{.uri = request.uri,
                                    .mimeType = u"text/plain"_s,
                                    .text = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)};
    co_return ResourceResult(contents);
}

} // namespace

QList<Mcp::RegisteredResource> resources()
{
    using namespace std::chrono_literals;
    return {
        {.description = {.uriTemplate = u"test://static-text"_s,
                         .name = u"static-text"_s,
                         .title = u"Static text"_s,
                         .description = u"Always the same text."_s,
                         .mimeType = u"text/plain"_s},
         .read = text,
         .freshFor = 5min},
        {.description = {.uriTemplate = u"test://static-binary"_s,
                         .name = u"static-binary"_s,
                         .title = u"Static image"_s,
                         .description = u"Always the same image."_s,
                         .mimeType = u"image/png"_s},
         .read = binary,
         .freshFor = 5min},
        {.description = {.uriTemplate = u"test://template/{id}/data"_s,
                         .name = u"template"_s,
                         .title = u"Template"_s,
                         .description = u"A family of resources."_s,
                         .mimeType = u"application/json"_s},
         .read = fromTemplate},
        {.description = {.uriTemplate = WatchedResource,
                         .name = u"watched-resource"_s,
                         .title = u"Watched resource"_s,
                         .description = u"Changes every few seconds."_s,
                         .mimeType = u"text/plain"_s},
         .read = watched,
         .subscribable = Mcp::Eras(Mcp::Era::Legacy) | Mcp::Era::Modern},
    };
}

} // namespace Fixtures
