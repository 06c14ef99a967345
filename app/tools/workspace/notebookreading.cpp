#include "tools/workspace/notebookreading.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// Why an object of this kind cannot be read as text; empty where it can.
QString unreadable(const QString &type, const QString &path)
{
    // A dashboard's source is its JSON.
    if (type == "NOTEBOOK"_L1 || type == "FILE"_L1 || type == "DASHBOARD"_L1)
        return {};
    if (type == "DIRECTORY"_L1 || type == "REPO"_L1)
        return u"%1 is a folder. Call list_workspace with this path to see what is in it."_s.arg(path);
    return u"%1 is a %2, which has no source text."_s.arg(path, type);
}

/// Lines from first on (counted from 0), as many as are wanted and fit.
struct Excerpt
{
    QStringList lines;
    qsizetype first = 0;
    qsizetype cutLine = -1; ///< the length of a line that is too long for an answer and was cut
};

Excerpt excerpt(const QStringList &lines, qsizetype first, qsizetype count)
{
    Excerpt part{{}, first};
    qsizetype bytes = 0;
    for (qsizetype i = first; i < lines.size() && i - first < count; ++i) {
        const qsizetype length = lines.at(i).toUtf8().size() + 1;
        if (bytes + length > CodeBytes) {
            if (part.lines.isEmpty()) {
                // At most four bytes a character: what is kept fits.
                part.lines.append(beginning(lines.at(i), CodeBytes / 4));
                part.cutLine = lines.at(i).size();
            }
            break;
        }
        bytes += length;
        part.lines.append(lines.at(i));
    }
    return part;
}

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

ToolResult sourceAnswer(QJsonObject facts, const QString &raw, qint64 firstLine, qint64 lineCount)
{
    const QString path = facts.value("path"_L1).toString();
    const QString source = Text::visible(raw);
    const QStringList lines = linesOf(source);
    const qsizetype first = firstLine - 1;
    if (first > 0 && first >= lines.size())
        return ToolResult::error(
            u"%1 has %2 lines; first_line must not be beyond them."_s.arg(path, QString::number(lines.size())));
    const Excerpt part = excerpt(lines, first, lineCount);
    const qsizetype end = first + part.lines.size();
    const QString shown = part.lines.join(u'\n');

    const QString language = facts.value("language"_L1).toString();
    const QString kind = language.isEmpty() ? u"text file"_s : language;
    const QString range = u"lines %1 to %2 of %3"_s.arg(lines.isEmpty() ? 0 : firstLine).arg(end).arg(lines.size());
    Answer answer(path + u" ("_s + kind + u"), "_s + range + u':');
    answer.stated(facts).stated(u"source"_s, shown).text(u"source"_s, {}, shown);
    answer.stated(
        {{"first_line"_L1, lines.isEmpty() ? 0 : firstLine}, {"last_line"_L1, end}, {"total_lines"_L1, lines.size()}});
    if (part.cutLine >= 0) {
        answer.stated(u"cut_line_length"_s, part.cutLine);
        answer.note(
            u"Line %1 is cut after %2 of %3 characters; export_workspace_object gives all of it."_s.arg(firstLine)
                .arg(part.lines.first().size())
                .arg(part.cutLine));
    }
    if (end < lines.size()) {
        answer.stated(u"next_line"_s, end + 1);
        answer.next(u"%1 more lines follow: call again with first_line %2."_s.arg(lines.size() - end).arg(end + 1));
    }
    // Invisible characters can hide what a source does, so their removal is told.
    const qsizetype hidden = raw.size() - raw.count(u'\r') - source.size();
    if (hidden > 0) {
        answer.stated(u"hidden_characters_removed"_s, hidden);
        answer.note(u"%1 invisible or control characters were left out of this text."_s.arg(hidden));
    }
    return answer;
}

Schema notebookSchema()
{
    return Schema()
        .text(u"path"_s, {})
        .text(u"object_type"_s, {})
        .text(u"language"_s, {})
        .text(u"modified_at"_s, {})
        .text(u"source"_s, {})
        .integer(u"first_line"_s, {})
        .integer(u"last_line"_s, {})
        .integer(u"total_lines"_s, {})
        .integer(u"next_line"_s, u"There are more lines: give it as first_line"_s)
        .integer(u"cut_line_length"_s, u"Length in characters of a line too long to be given whole"_s)
        .integer(u"hidden_characters_removed"_s, u"Invisible or control characters left out of source"_s)
        .require({u"path"_s, u"source"_s, u"first_line"_s, u"last_line"_s, u"total_lines"_s});
}

QCoro::Task<ToolResult> readNotebook(ToolCall call)
{
    const QString asked = call.text(u"path"_s);
    const QJsonObject status = co_await workspaceStatus(call, asked);
    const QString path = status.value("path"_L1).toString();
    const QString type = Text::visible(status.value("object_type"_L1).toString());
    call.setTarget(Text::visible(path));
    const QString problem = unreadable(type, Text::visible(path));
    if (!problem.isEmpty())
        co_return ToolResult::error(problem);
    const QString format = type == "NOTEBOOK"_L1 ? u"SOURCE"_s : u"AUTO"_s;
    const QByteArray bytes = co_await exportedBytes(call, path, format);
    const DecodedText decoded = decodedText(bytes);
    if (!decoded.isText)
        co_return ToolResult::error(
            u"%1 is a binary file of %2 bytes, not text. export_workspace_object gives its bytes."_s.arg(
                Text::visible(path), QString::number(bytes.size())));
    const QString language = Text::visible(status.value("language"_L1).toString());
    QJsonObject facts{{"path"_L1, Text::visible(path)}};
    addText(facts, u"language"_s, language);
    addText(facts, u"charset"_s, decoded.charset);
    const ToolResult result = sourceAnswer(facts, decoded.text, call.number(u"first_line"_s, 1),
                                           call.number(u"line_count"_s, bytes.size() + 1));
    co_return result;
}

} // namespace

Tool readNotebookTool()
{
    return {
        .name = u"read_notebook"_s,
        .title = u"Read notebook"_s,
        .description =
            u"Reads the source of a notebook, or a text file of the workspace, as plain text. Long ones come "
            "by line range."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"path"_s, u"Such as /Shared/etl/load_orders"_s)
                           .integer(u"first_line"_s, u"Counted from 1; default 1"_s, 1, 100'000'000)
                           .integer(u"line_count"_s, u"At most this many lines; default as many as fit"_s, 1, 100'000)
                           .require({u"path"_s}),
        .outputSchema = notebookSchema(),
        .run = &readNotebook,
    };
}

} // namespace Tools
