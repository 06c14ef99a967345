#pragma once

#include "mcp/types/toolresult.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <utility>

namespace Tools {

/// How many bytes of rows an answer may carry: an answer lives in a model's context.
inline constexpr qsizetype AnswerBytes = 48 * 1024;

/// The first so many characters of a text; never half of one.
QString beginning(const QString &text, qsizetype characters);

/// The text; of a longer one the first so many characters, and how many there are in all.
QString shortened(const QString &text, qsizetype characters);

/// The text as a sentence: with a full stop where it has no end.
QString sentence(const QString &text);

/// A column of a text table: the row's key and the heading.
using Columns = QList<std::pair<QString, QString>>;

/// A compact table: a heading line and a line a row, cells separated by " | ". Keys absent from a row give "-". A row
/// that is an array has its cells in the order of the columns.
QString textTable(const Columns &columns, const QJsonArray &rows);

/// A cell of data within one line: what would break the line or the column is escaped, and null is told from "".
QString dataCell(const QJsonValue &cell);

/// A table of data: as textTable(), with cells as dataCell() gives them.
QString dataTable(const QStringList &headings, const QJsonArray &rows);

/// The facts as lines "name: value" below a headline, and as structured content.
Mcp::ToolResult factsAnswer(const QString &headline, const QJsonObject &facts);

/// "2026-11-22 08:15:00 UTC" from milliseconds since 1970; empty for 0.
QString timeText(qint64 milliseconds);

/// The named texts of an object of the API, cleaned; those that are absent or empty are left out.
QJsonObject textsOf(const QJsonObject &object, const QStringList &keys);

/// Adds the named texts of an object of the API in the same way.
void addTexts(QJsonObject &facts, const QJsonObject &object, const QStringList &keys);

/// Adds a text unless it is empty.
void addText(QJsonObject &object, const QString &key, const QString &text);

/// The id under key as text, a number or a text in the API's answer; empty where there is none.
QString idText(const QJsonObject &object, const QString &key);

/// Any value as compact JSON: "[1,2]", "\"text\"", "12".
QString jsonText(const QJsonValue &value);

/// How much of an answer's budget it takes.
qsizetype jsonBytes(const QJsonObject &object);
qsizetype jsonBytes(const QJsonArray &array);

/// A workspace's JSON for a model: every text cleaned, and the values of fresh credentials (token_value, sas_token and
/// the like), which some endpoints answer with, hidden.
QJsonValue safeJson(const QJsonValue &value);

} // namespace Tools
