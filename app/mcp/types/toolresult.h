#pragma once

#include "mcp/types/input.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

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

    /// The rows under this key are a table: on the wire its columns are named once, under "columns" ("header" where
    /// the rows are columns), and each row is an array in their order.
    void setTable(const QString &rowsKey, const QStringList &columns);

    /// Says a sentence more in both forms: at the end of the text, and as "note".
    void addNote(const QString &sentence);

    /// The same at the beginning, before what is told: the text's first line, and the summary's.
    void addFirst(const QString &sentence);

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
    /// The same as it is sent: the table's rows folded.
    QJsonObject foldedContent() const;
    /// The text blocks, joined by line feeds.
    QString text() const;

private:
    QJsonArray m_content;
    QJsonObject m_structuredContent;
    QString m_rowsKey;
    QStringList m_columns;
    bool m_isError = false;
    InputRequired m_input;
};

} // namespace Mcp
