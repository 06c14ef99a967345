#pragma once

#include "mcp/types/toolresult.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <utility>

namespace Tools {

class Listed;

/// How many bytes of rows an answer may carry: an answer lives in a model's context.
inline constexpr qsizetype AnswerBytes = 48 * 1024;

/// Text from a workspace as data for a model: without control characters (line feed and tab stay) and without the
/// bidirectional and invisible ones that make text look other than it is.
QString clean(const QString &text);

/// The first so many characters of a text; never half of one.
QString beginning(const QString &text, qsizetype characters);

/// A column of a text table: the row's key and the heading.
using Columns = QList<std::pair<QString, QString>>;

/// A compact table: a heading line and a line a row, cells separated by " | ". Keys absent from a row give "-".
QString textTable(const Columns &columns, const QJsonArray &rows);

/// The rows of a listing below a headline, with how to get the rest, as text and as structured content
/// {rowsKey: rows, "total", "next_page_token"}.
Mcp::ToolResult listAnswer(const QString &headline, const Columns &columns, const QString &rowsKey,
                           const Listed &listed);

/// The facts as lines "name: value" below a headline, and as structured content.
Mcp::ToolResult factsAnswer(const QString &headline, const QJsonObject &facts);

/// "2026-11-22 08:15:00 UTC" from milliseconds since 1970; empty for 0.
QString timeText(qint64 milliseconds);

} // namespace Tools
