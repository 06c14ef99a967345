#pragma once

#include "mcp/types/toolresult.h"
#include "tools/kit/schema.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace Tools {

/// A question that Genie was asked.
struct GenieHandle
{
    QString spaceId;
    QString conversationId;
    QString messageId;

    QJsonObject facts() const;
};

/// What the queries of a message gave, by attachment: the statement's answer, or why there is none.
struct GenieRows
{
    QHash<QString, QJsonObject> results;
    QHash<QString, QString> problems;
};

Mcp::ToolResult genieAnswer(const GenieHandle &handle, const QJsonArray &attachments, const GenieRows &rows);
Mcp::ToolResult genieStillThinks(const GenieHandle &handle, const QString &status);
Mcp::ToolResult genieFailed(const QJsonObject &message);

Schema genieSchema();

} // namespace Tools
