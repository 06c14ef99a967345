#pragma once

#include "mcp/types/input.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace Mcp {

/// What tools/call answers: content blocks for the model and, beside them, the same facts as structured content.
class ToolResult
{
public:
    ToolResult() = default;
    explicit ToolResult(const QString &text);
    ToolResult(const QString &text, const QJsonObject &structuredContent);
    explicit ToolResult(const QJsonArray &content);
    /// Blocks that are not only text (images, files), and the facts beside them.
    ToolResult(const QJsonArray &content, const QJsonObject &structuredContent);

    /// A failure the model can act on (isError: true). Never carries structured content, which clients would validate
    /// against the output schema and so hide the error.
    static ToolResult error(const QString &text);

    /// The tool cannot go on without the client: see InputRequired.
    static ToolResult inputRequired(const InputRequired &input);

    /// Empty, unless this asks for input instead of being a result.
    const InputRequired &input() const { return m_input; }
    bool isError() const { return m_isError; }
    const QJsonArray &content() const { return m_content; }
    const QJsonObject &structuredContent() const { return m_structuredContent; }
    /// The text blocks, joined by line feeds.
    QString text() const;

private:
    QJsonArray m_content;
    QJsonObject m_structuredContent;
    bool m_isError = false;
    InputRequired m_input;
};

} // namespace Mcp
