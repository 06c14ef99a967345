#pragma once

#include <QJsonObject>
#include <QString>

namespace Mcp {

/// Hints for the client about a tool's behaviour (specification 2025-11-25, server/tools, "ToolAnnotations").
struct ToolAnnotations
{
    bool readOnly = true;
    bool destructive = false;
    bool idempotent = true;
    bool openWorld = true;

    bool operator==(const ToolAnnotations &) const = default;
};

/// What tools/list says of a tool.
struct Tool
{
    QString name;
    QString title = {};
    QString description = {};
    QJsonObject inputSchema = {};
    QJsonObject outputSchema = {}; ///< empty: the tool gives no structured content
    ToolAnnotations annotations = {};

    bool operator==(const Tool &) const = default;
};

} // namespace Mcp
