#include "tools/code/coderesult.h"

#include "databricks/workspace.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// Of all pictures of an answer together, as base64.
constexpr qsizetype ImageBytes = 1024 * 1024;

QString goOn(const CodeHandle &handle)
{
    return u"For what follows call get_code_result with cluster_id \"%1\", context_id \"%2\", command_id \"%3\" and offset "_s
               .arg(handle.clusterId, handle.contextId, handle.commandId) +
           u"%1."_s;
}

ToolResult textAnswer(const CodeHandle &handle, const QJsonObject &results, qint64 offset)
{
    const QString data = withoutColours(results.value("data"_L1).toString());
    const TextPart part = textPart(data.toUtf8(), offset, AnswerBytes);
    Answer answer(part.text.isEmpty() ? u"Finished. The code gave no output."_s : u"Finished. The code's output:"_s);
    answer.stated(u"status"_s, u"Finished"_s).facts(handle.facts());
    answer.text(u"text"_s, {}, part.text);
    answer.next(part.note(goOn(handle)));
    if (results.value("truncated"_L1).toBool())
        answer.note(u"The cluster itself cut the output: print less, or write it to a file."_s);
    return answer;
}

/// Types come as JSON texts, "\"long\"", and structs as JSON objects.
QString typeText(const QJsonValue &type)
{
    if (!type.isString())
        return Text::visible(jsonText(type));
    QString text = type.toString();
    if (text.size() > 1 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.mid(1, text.size() - 2);
    return Text::visible(text);
}

ToolResult tableAnswer(const CodeHandle &handle, const QJsonObject &results, qint64 offset)
{
    QJsonArray columns;
    QStringList headings;
    for (const QJsonValue column : results.value("schema"_L1).toArray()) {
        const QString name = Text::visible(column["name"_L1].toString());
        columns.append(QJsonObject{{"name"_L1, name}, {"type"_L1, typeText(column["type"_L1])}});
        headings.append(name);
    }
    const RowsPart part = rowsPart(results.value("data"_L1).toArray(), offset, RowBytes, &cleanCells);
    Answer answer(u"Finished. The code gave a table with %1 rows:"_s.arg(part.total));
    answer.stated(u"status"_s, u"Finished"_s);
    answer.stated(u"total_rows"_s, part.total).facts(handle.facts());
    answer.cells(u"rows"_s, columns, part.rows, dataTable(headings, part.rows));
    const qsizetype end = part.first + part.rows.size();
    if (!part.isWhole())
        answer.note(part.rows.isEmpty()
                        ? u"There is no row %1."_s.arg(offset)
                        : u"Rows %1 to %2 of %3 are shown."_s.arg(part.first).arg(end - 1).arg(part.total));
    if (results.value("truncated"_L1).toBool())
        answer.note(u"The cluster itself cut the table: limit it, or write it to a table."_s);
    if (end < part.total)
        answer.next(goOn(handle).arg(end));
    return answer;
}

/// {"type": "image"} from "data:image/png;base64,…"; empty for anything else, such as a path on the driver.
QJsonObject imageBlock(const QString &data)
{
    static const QRegularExpression form(u"^data:(image/(?:png|jpeg|gif|webp));base64,"_s);
    const QRegularExpressionMatch match = form.match(data.left(64));
    if (!match.hasMatch())
        return {};
    return {{"type"_L1, u"image"_s}, {"mimeType"_L1, match.captured(1)}, {"data"_L1, data.mid(match.capturedLength())}};
}

QStringList imagesIn(const QJsonObject &results)
{
    QStringList images;
    for (const auto key : {"data"_L1, "fileName"_L1, "fileNames"_L1}) {
        const QJsonValue value = results.value(key);
        if (value.isString() && !value.toString().isEmpty())
            images.append(value.toString());
        for (const QJsonValue image : value.toArray())
            images.append(image.toString());
    }
    return images;
}

ToolResult imageAnswer(const CodeHandle &handle, const QJsonObject &results)
{
    QJsonArray blocks;
    QStringList words;
    qsizetype bytes = 0;
    const QStringList images = imagesIn(results);
    for (const QString &image : images) {
        const QJsonObject block = imageBlock(image);
        const qsizetype size = block.value("data"_L1).toString().size();
        if (block.isEmpty())
            words.append(u"The cluster keeps a picture as %1."_s.arg(Text::visible(image.left(200))));
        else if (bytes + size > ImageBytes)
            words.append(u"A picture of %1 bytes is left out: it is too large. Draw it smaller."_s.arg(size * 3 / 4));
        else {
            bytes += size;
            blocks.append(block);
        }
    }
    words.prepend(u"The code made %1 picture(s); %2 follow."_s.arg(images.size()).arg(blocks.size()));
    QJsonObject facts = handle.facts();
    facts.insert("status"_L1, u"Finished"_s);
    facts.insert("images"_L1, blocks.size());
    facts.insert("summary"_L1, words.join(u' '));
    blocks.prepend(QJsonObject{{"type"_L1, u"text"_s}, {"text"_L1, words.join(u' ')}});
    return ToolResult(blocks, facts);
}

ToolResult errorAnswer(const QJsonObject &results)
{
    const QString summary = Text::visible(withoutColours(results.value("summary"_L1).toString()));
    const QString cause = withoutColours(results.value("cause"_L1).toString());
    const TextPart part = textPart(cause.toUtf8(), 0, AnswerBytes / 2);
    QString text = u"The code failed: %1"_s.arg(summary.isEmpty() ? u"the cluster gave no summary"_s : summary);
    if (!part.text.isEmpty() && part.text.trimmed() != summary)
        text += u"\n\n"_s + part.text;
    const QString note = part.note(u"What follows byte %1 is left out."_s);
    return ToolResult::error(note.isEmpty() ? text : QString(text + u'\n' + note));
}

} // namespace

QJsonObject CodeHandle::facts() const
{
    return {{"cluster_id"_L1, clusterId}, {"context_id"_L1, contextId}, {"command_id"_L1, commandId}};
}

QUrlQuery CodeHandle::query() const
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"clusterId"_s, clusterId);
    Databricks::addQueryItem(query, u"contextId"_s, contextId);
    if (!commandId.isEmpty())
        Databricks::addQueryItem(query, u"commandId"_s, commandId);
    return query;
}

QJsonObject CodeHandle::body() const
{
    return {{"clusterId"_L1, clusterId}, {"contextId"_L1, contextId}, {"commandId"_L1, commandId}};
}

bool commandRuns(const QJsonObject &status)
{
    const QString reached = status.value("status"_L1).toString();
    return reached == "Queued"_L1 || reached == "Running"_L1 || reached == "Cancelling"_L1;
}

QString withoutColours(const QString &text)
{
    // CSI and OSC sequences of ECMA-48
    static const QRegularExpression escapes(u"\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?)"_s);
    static const QRegularExpression spans(u"<span class=\"ansi[^\">]*\">|</span>"_s);
    QString plain = text;
    plain.remove(escapes);
    if (!plain.contains("<span class=\"ansi"_L1))
        return plain;
    // Only a runtime that made HTML of the output has encoded its entities, too.
    plain.remove(spans);
    return plain.replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&#39;"_L1, "'"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&amp;"_L1, "&"_L1);
}

ToolResult codeAnswer(const CodeHandle &handle, const QJsonObject &status, qint64 offset)
{
    const QJsonObject results = status.value("results"_L1).toObject();
    const QString type = results.value("resultType"_L1).toString();
    const QString reached = status.value("status"_L1).toString();
    if (type == "error"_L1 || reached == "Error"_L1)
        return errorAnswer(results);
    if (reached == "Cancelled"_L1)
        return ToolResult::error(u"The code was cancelled before it ended."_s);
    if (type == "table"_L1)
        return tableAnswer(handle, results, offset);
    if (type == "image"_L1 || type == "images"_L1)
        return imageAnswer(handle, results);
    return textAnswer(handle, results, offset);
}

ToolResult codeStillRuns(const CodeHandle &handle, const QString &status)
{
    Answer answer(u"The code is still at work (%1)."_s.arg(Text::visible(status)));
    answer.stated(u"status"_s, Text::visible(status)).facts(handle.facts());
    answer.next(u"Do not run it again: call get_code_result with these ids, or cancel_code to stop it."_s);
    return answer;
}

Schema codeResultSchema()
{
    return Schema()
        .text(u"cluster_id"_s, {})
        .text(u"context_id"_s, {})
        .text(u"command_id"_s, {})
        .text(u"status"_s, u"Finished, or what it is doing: Queued, Running"_s)
        .text(u"text"_s, {})
        .rows(u"columns"_s, u"Of a table"_s, Schema().text(u"name"_s, {}).text(u"type"_s, {}))
        .cells(u"rows"_s, {})
        .integer(u"total_rows"_s, {})
        .integer(u"images"_s, u"How many pictures come beside the text"_s)
        .text(u"note"_s, u"What was left out, and how to get it"_s)
        .require({u"cluster_id"_s, u"context_id"_s, u"command_id"_s, u"status"_s});
}

} // namespace Tools
