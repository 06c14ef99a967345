#pragma once

#include "mcp/transport/server.h"

/// What the official conformance suite (@modelcontextprotocol/conformance) looks for on a server, with the names and
/// the texts that its scenarios compare with.
namespace Fixtures {

/// One kind of content each.
QList<Mcp::RegisteredTool> contentTools();
/// They report, log, and change what the server has on offer.
QList<Mcp::RegisteredTool> eventTools(Mcp::Server *server);
/// They ask the client for input.
QList<Mcp::RegisteredTool> inputTools();
QList<Mcp::RegisteredPrompt> prompts();
QList<Mcp::RegisteredResource> resources();

/// The resource that can be subscribed to, and that changes.
extern const QString WatchedResource;

/// A PNG of one red pixel, in base64.
extern const QString RedPixel;

using ToolFunction = QCoro::Task<Mcp::ToolResult> (*)(Mcp::ToolInvocation);

Mcp::RegisteredTool tool(const QString &name, const QString &description, ToolFunction run,
                         const QJsonObject &inputSchema = {});
QJsonObject textBlock(const QString &text);
QJsonObject imageBlock();
QJsonObject resourceBlock(const QString &uri, const QString &mimeType, const QString &text);
/// {"type": "object"} with these properties, all of them required.
QJsonObject objectSchema(const QJsonObject &properties);

} // namespace Fixtures
