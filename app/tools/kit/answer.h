#pragma once

#include "mcp/types/toolresult.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <utility>

namespace Tools {

/// How many bytes of prose an answer may carry: an answer lives in a model's context.
inline constexpr qsizetype AnswerBytes = 48 * 1024;
/// The same for rows, of which each byte costs more: about 5,000 tokens.
inline constexpr qsizetype RowBytes = 16 * 1024;

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

/// What a tool answers: one object, and the text that is rendered from it. Clients show a model the one or the other,
/// so both say the same: what was done, the facts, what was left out, and what to call next.
class Answer
{
public:
    /// What was found or done, in a sentence: the text's first line.
    explicit Answer(const QString &summary);

    /// Lines "name: value"; null ones are left out of the text.
    Answer &facts(const QJsonObject &facts);
    /// A fact that the summary states already: no line of its own.
    Answer &stated(const QString &name, const QJsonValue &value);
    /// Facts for programs, which say nothing to a model.
    Answer &stated(const QJsonObject &facts);
    /// The table that the answer is there for; sent with its columns named once.
    Answer &table(const QString &name, const Columns &columns, const QJsonArray &rows);
    /// The same of data, whose names may be any, and where null is told from "".
    Answer &data(const QString &name, const QStringList &headings, const QJsonArray &rows);
    /// A table of cells whose columns are described already, and how it reads as text.
    Answer &cells(const QString &name, const QJsonArray &columns, const QJsonArray &rows, const QString &text);
    /// A smaller table below its heading. Without rows there is none in the text.
    Answer &rows(const QString &name, const QString &heading, const Columns &columns, const QJsonArray &rows);
    /// What is no table: a list of objects, and how it reads as text. Both must say the same.
    Answer &objects(const QString &name, const QJsonArray &objects, const QString &text);
    /// A text as it is, below its heading where it has one; an empty one is left out.
    Answer &text(const QString &name, const QString &heading, const QString &text);
    /// A sentence about what was left out, or what one has to know. An empty one is none.
    Answer &note(const QString &words);
    /// What to call next. An empty sentence is none.
    Answer &next(const QString &sentence);

    /// There are more rows: next_page_token, and what to do with it where it is not given with the same arguments.
    Answer &nextPage(const QString &token, const QString &words = {});

    Mcp::ToolResult result() const;
    operator Mcp::ToolResult() const { return result(); }

private:
    void add(const QString &part);

    QString m_text;
    QJsonObject m_object;
    QString m_rowsKey;
    QStringList m_columns;
    QStringList m_notes;
    QString m_next;
};

/// A cell of data within one line: what would break the line or the column is escaped, and null is told from "".
QString dataCell(const QJsonValue &cell);

/// A table of data: as textTable(), with cells as dataCell() gives them.
QString dataTable(const QStringList &headings, const QJsonArray &rows);

/// The facts as lines "name: value" below a headline, and as structured content.
Mcp::ToolResult factsAnswer(const QString &headline, const QJsonObject &facts);

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
qsizetype jsonBytes(const QJsonValue &value);

/// A workspace's JSON for a model: every text cleaned, and the values of fresh credentials (token_value, sas_token and
/// the like), which some endpoints answer with, hidden.
QJsonValue safeJson(const QJsonValue &value);

} // namespace Tools
