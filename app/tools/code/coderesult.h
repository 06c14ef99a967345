#pragma once

#include "mcp/types/toolresult.h"
#include "tools/kit/schema.h"

#include <QJsonObject>
#include <QString>
#include <QUrlQuery>

namespace Tools {

/// A command that was sent to a cluster: what get_code_result and cancel_code take.
struct CodeHandle
{
    QString clusterId;
    QString contextId;
    QString commandId;

    QJsonObject facts() const;
    /// As the command execution API spells it, in a query and in a body.
    QUrlQuery query() const;
    QJsonObject body() const;
};

/// Whether a commands/status says that the command has not ended.
bool commandRuns(const QJsonObject &status);

/// A finished command's commands/status as an answer: text, a table, images, or the error (isError). Of text and tables
/// what lies before offset (a byte or a row) and beyond the budget of an answer is left out, with an exact statement.
Mcp::ToolResult codeAnswer(const CodeHandle &handle, const QJsonObject &status, qint64 offset);

/// The answer for a command that runs on.
Mcp::ToolResult codeStillRuns(const CodeHandle &handle, const QString &status);

Schema codeResultSchema();

/// Without terminal colours, as escape sequences or as the spans that some runtimes make of them.
QString withoutColours(const QString &text);

} // namespace Tools
