#include "fixtures.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Mcp::ToolInvocation;
using Mcp::ToolResult;

namespace Fixtures {

namespace {

/// A WAV file of one silent sample, in base64.
const QString Silence = u"UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="_s;

QCoro::Task<ToolResult> simpleText(ToolInvocation)
{
    co_return ToolResult(u"This is a simple text response for testing."_s);
}

QCoro::Task<ToolResult> image(ToolInvocation)
{
    QJsonArray content;
    content << imageBlock();
    co_return ToolResult(content);
}

QCoro::Task<ToolResult> audio(ToolInvocation)
{
    QJsonArray content;
    content << QJsonObject{{u"type"_s, u"audio"_s}, {u"data"_s, Silence}, {u"mimeType"_s, u"audio/wav"_s}};
    co_return ToolResult(content);
}

QCoro::Task<ToolResult> embeddedResource(ToolInvocation)
{
    QJsonArray content;
    content << resourceBlock(u"test://embedded-resource"_s, u"text/plain"_s,
                             u"This is an embedded resource content."_s);
    co_return ToolResult(content);
}

QCoro::Task<ToolResult> mixed(ToolInvocation)
{
    QJsonArray content;
    content << textBlock(u"Multiple content types test:"_s) << imageBlock()
            << resourceBlock(u"test://mixed-content-resource"_s, u"application/json"_s,
                             u"{\"test\":\"data\",\"value\":123}"_s);
    co_return ToolResult(content);
}

QCoro::Task<ToolResult> failing(ToolInvocation)
{
    co_return ToolResult::error(u"This tool intentionally returns an error for testing"_s);
}

QCoro::Task<ToolResult> echo(ToolInvocation invocation)
{
    const QByteArray arguments = QJsonDocument(invocation.request().arguments).toJson(QJsonDocument::Compact);
    co_return ToolResult(u"Called with: "_s + QString::fromUtf8(arguments));
}

/// Keywords of JSON Schema 2020-12 that must reach the client as they are.
const QByteArray Schema202012 = R"json({
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"}
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": false
})json";

} // namespace

QList<Mcp::RegisteredTool> contentTools()
{
    return {
        tool(u"test_simple_text"_s, u"A text."_s, simpleText),
        tool(u"test_image_content"_s, u"An image."_s, image),
        tool(u"test_audio_content"_s, u"A sound."_s, audio),
        tool(u"test_embedded_resource"_s, u"A resource within the result."_s, embeddedResource),
        tool(u"test_multiple_content_types"_s, u"Text, an image and a resource."_s, mixed),
        tool(u"test_error_handling"_s, u"Fails."_s, failing),
        tool(u"json_schema_2020_12_tool"_s, u"Has a schema that uses much of JSON Schema 2020-12."_s, echo,
             QJsonDocument::fromJson(Schema202012).object()),
    };
}

} // namespace Fixtures
