#include "tools/workspace/workspacecontent.h"

#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/parts.h"
#include "tools/workspace/workspaceconsequence.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

const QStringList Languages{u"PYTHON"_s, u"SQL"_s, u"SCALA"_s, u"R"_s};

/// Base64 makes four characters of three bytes.
constexpr qsizetype BinaryBytes = AnswerBytes / 4 * 3;

/// What stands in the way of a write, in words; empty where the API's own say enough.
QString obstacle(const ApiError &error, const QString &path, bool overwrite)
{
    if (error.errorCode() == "RESOURCE_ALREADY_EXISTS"_L1 && overwrite)
        return u"What stands at %1 is of another kind and cannot be overwritten by this (%2). Nothing was written. "
               u"Choose "
               "another path, or look at it with get_workspace_object."_s.arg(path, error.message());
    if (error.errorCode() == "RESOURCE_ALREADY_EXISTS"_L1)
        return u"There is something at %1 already, and nothing was written. To replace it call again with overwrite "
               u"true; "
               "otherwise choose another path."_s.arg(path);
    if (error.kind() == ApiError::Kind::NotFound)
        return u"%1 Nothing was written. Make the folder with create_workspace_folder, then call again."_s.arg(
            error.message());
    return {};
}

/// What stands there after a write, where its name may not be the one that was asked for; empty where it cannot be
/// told, which does not undo the write.
QCoro::Task<QJsonObject> writtenObject(ToolCall call, QString path)
{
    if (!mayLoseEnding(path))
        co_return QJsonObject();
    try {
        const QJsonObject status = co_await workspaceStatus(call, path);
        co_return status;
    } catch (const ApiError &) {
        // Written it is, and the write's own answer stands.
    }
    co_return QJsonObject();
}

QCoro::Task<ToolResult> importBytes(ToolCall call, QByteArray bytes, QString format, QString language)
{
    const QString path = call.text(u"path"_s);
    const bool overwrite = call.flag(u"overwrite"_s);
    call.setTarget(Text::visible(path));
    if (bytes.size() > ImportBytes)
        co_return ToolResult::error(
            u"This is %1 bytes; the workspace takes at most %2 at once. Nothing was written."_s.arg(bytes.size())
                .arg(ImportBytes));
    QJsonObject body{{"path"_L1, path},
                     {"format"_L1, format},
                     {"content"_L1, QString::fromLatin1(bytes.toBase64())},
                     {"overwrite"_L1, overwrite}};
    addText(body, u"language"_s, language);
    try {
        co_await call.workspace().post(u"/api/2.0/workspace/import"_s, body);
    } catch (const ApiError &error) {
        const QString words = obstacle(error, Text::visible(path), overwrite);
        if (words.isEmpty())
            throw;
        co_return ToolResult::error(words);
    }
    const QJsonObject there = co_await writtenObject(call, path);
    const QString real = Text::visible(there.value("path"_L1).toString(path));
    QJsonObject facts{{"path"_L1, real}, {"bytes"_L1, bytes.size()}, {"format"_L1, format}};
    addText(facts, u"language"_s,
            there.contains("path"_L1) ? Text::visible(there.value("language"_L1).toString()) : language);
    addTexts(facts, there, {u"object_type"_s});
    QString words = u"%1 was written, %2 bytes."_s.arg(real, QString::number(bytes.size()));
    if (real != Text::visible(path))
        words += u" The workspace made a notebook of it and took the ending off: %1 does not exist."_s.arg(
            Text::visible(path));
    co_return factsAnswer(words, facts);
}

QCoro::Task<QString> writingTarget(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    bool isNew = false;
    QString object;
    try {
        object = co_await workspaceTarget(call);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound)
            throw;
        isNew = true;
    }
    // Without a language of its own it may become a notebook, which loses its ending.
    if (isNew && !call.has(u"source"_s)) {
        try {
            const QJsonObject other = co_await workspaceStatus(call, path);
            object = objectInWords(other);
            isNew = false;
        } catch (const ApiError &error) {
            if (error.kind() != ApiError::Kind::NotFound)
                throw;
        }
    }
    const QString target = isNew ? QString("new "_L1 + Text::visible(path)) : QString("replaces "_L1 + object);
    co_return target;
}

QCoro::Task<ToolResult> writeNotebook(ToolCall call)
{
    return importBytes(call, call.text(u"source"_s).toUtf8(), u"SOURCE"_s, call.text(u"language"_s));
}

QCoro::Task<ToolResult> importObject(ToolCall call)
{
    const QString format = call.text(u"format"_s, u"AUTO"_s);
    const QString language = call.text(u"language"_s);
    if (call.has(u"content"_s) == call.has(u"content_base64"_s))
        co_return ToolResult::error(
            u"Give the content either as content (text) or as content_base64. Nothing was written."_s);
    if (format == "SOURCE"_L1 && language.isEmpty())
        co_return ToolResult::error(
            u"The format SOURCE needs a language: PYTHON, SQL, SCALA or R. Nothing was written."_s);
    QByteArray bytes = call.text(u"content"_s).toUtf8();
    if (call.has(u"content_base64"_s)) {
        const std::optional<QByteArray> decoded = fromBase64(call.text(u"content_base64"_s));
        if (!decoded)
            co_return ToolResult::error(u"content_base64 is not base64. Nothing was written. Give text as content."_s);
        bytes = *decoded;
    }
    const ToolResult result = co_await importBytes(call, bytes, format, language);
    co_return result;
}

QCoro::Task<ToolResult> exportObject(ToolCall call)
{
    QString path = call.text(u"path"_s);
    const QString format = call.text(u"format"_s, u"AUTO"_s);
    const qint64 first = call.number(u"first_byte"_s);
    call.setTarget(Text::visible(path));
    QByteArray raw;
    bool isThere = true;
    try {
        raw = co_await exportedBytes(call, path, format);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound)
            throw;
        isThere = false;
    }
    if (!isThere) {
        const QJsonObject status = co_await workspaceStatus(call, path);
        path = status.value("path"_L1).toString();
        raw = co_await exportedBytes(call, path, format);
    }
    const DecodedText decoded = decodedText(raw);
    const QByteArray bytes = decoded.isText ? decoded.text.toUtf8() : raw;
    if (first > 0 && first >= bytes.size())
        co_return ToolResult::error(u"%1 is %2 bytes as %3; first_byte must be below that."_s.arg(
            Text::visible(path), QString::number(bytes.size()), format));

    const bool isBinary = !decoded.isText;
    const QByteArray binary = isBinary ? bytes.mid(first, BinaryBytes) : QByteArray();
    const TextPart text = isBinary ? TextPart() : textPart(bytes, first, CodeBytes);
    const qint64 begin = isBinary ? first : text.first;
    const qint64 end = isBinary ? first + binary.size() : text.end;
    const QString content = isBinary ? QString::fromLatin1(binary.toBase64()) : text.text;
    const QString encoding = isBinary ? u"base64"_s : u"text"_s;
    const QString charset = decoded.charset.isEmpty() ? QString() : QString(u" in "_s + decoded.charset);
    Answer answer(u"%1 as %2: %3 bytes from byte %4 on, of %5, as %6:"_s.arg(
        Text::visible(path), format, QString::number(end - begin), QString::number(begin),
        QString::number(bytes.size()), encoding + charset));
    answer.stated({{"path"_L1, Text::visible(path)},
                   {"format"_L1, format},
                   {"encoding"_L1, encoding},
                   {"first_byte"_L1, begin},
                   {"bytes"_L1, end - begin},
                   {"total_bytes"_L1, bytes.size()}});
    if (!decoded.charset.isEmpty())
        answer.stated(u"charset"_s, decoded.charset);
    answer.stated(u"content"_s, content).text(u"content"_s, {}, content);
    if (end < bytes.size()) {
        answer.stated(u"next_byte"_s, end);
        answer.next(u"%1 more bytes follow: call again with first_byte %2."_s.arg(bytes.size() - end).arg(end));
    }
    co_return answer;
}

Schema writtenSchema()
{
    return Schema()
        .text(u"path"_s, {})
        .integer(u"bytes"_s, u"That were written"_s)
        .text(u"language"_s, {})
        .text(u"format"_s, {})
        .require({u"path"_s, u"bytes"_s});
}

Calls::Passage::Language languageOfSource(const ToolCall &call)
{
    return languageNamed(call.text(u"language"_s));
}

} // namespace

Tool writeNotebookTool()
{
    return {
        .name = u"write_notebook"_s,
        .title = u"Write notebook"_s,
        .description =
            u"Writes a notebook from source text. Refuses to replace what is there unless overwrite is true."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::Replaces,
        .inputSchema =
            Schema()
                .text(u"path"_s, u"Such as /Shared/etl/load_orders; its folder must exist"_s)
                .text(u"source"_s, u"The whole source, as plain text. Cells are separated by a line with COMMAND "
                                   "---------- in a comment, such as # COMMAND ----------"_s)
                .choice(u"language"_s, u"The notebook's default language"_s, Languages)
                .flag(u"overwrite"_s, u"Replace the notebook that is there; default false"_s)
                .require({u"path"_s, u"source"_s, u"language"_s}),
        .outputSchema = writtenSchema(),
        .run = &writeNotebook,
        .effectsOf = &overwriting,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds; replaces with overwrite"_s,
        .targetOf = &pathOf,
        .target = &writingTarget,
        .consequence = &writingOfNotebook,
        .deciding = {u"source"_s, u"path"_s},
        .languageOf = &languageOfSource,
    };
}

Tool importWorkspaceObjectTool()
{
    return {
        .name = u"import_workspace_object"_s,
        .title = u"Import workspace object"_s,
        .description = u"Writes a file or a notebook in another format (Jupyter, HTML, archive) to the workspace. "
                       "Refuses to replace what is there unless overwrite is true."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::Replaces,
        .inputSchema =
            Schema()
                .text(u"path"_s, u"Where to; its folder must exist"_s)
                .text(u"content"_s, u"The content as plain text; or give content_base64"_s)
                .text(u"content_base64"_s, u"The content as base64, for what is not text"_s)
                .choice(u"format"_s, u"Default AUTO: a notebook if it looks like one, else a file"_s,
                        {u"AUTO"_s, u"SOURCE"_s, u"JUPYTER"_s, u"HTML"_s, u"DBC"_s, u"R_MARKDOWN"_s, u"RAW"_s})
                .choice(u"language"_s, u"Only for SOURCE, which needs it"_s, Languages)
                .flag(u"overwrite"_s, u"Replace what is there; default false"_s)
                .require({u"path"_s}),
        .outputSchema = writtenSchema(),
        .run = &importObject,
        .effectsOf = &overwriting,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds; replaces with overwrite"_s,
        .targetOf = &pathOf,
        .target = &writingTarget,
        .consequence = &importOfObject,
        .deciding = {u"content"_s, u"path"_s},
        .languageOf = &languageOfSource,
    };
}

Tool exportWorkspaceObjectTool()
{
    return {
        .name = u"export_workspace_object"_s,
        .title = u"Export workspace object"_s,
        .description = u"Exports a notebook, file or folder in another format. Text comes as text, anything else as "
                       "base64 in the structured content; long ones by byte range."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"path"_s, u"Path in the workspace"_s)
                           .choice(u"format"_s, u"Default AUTO: as it is"_s,
                                   {u"AUTO"_s, u"SOURCE"_s, u"JUPYTER"_s, u"HTML"_s, u"DBC"_s, u"R_MARKDOWN"_s})
                           .integer(u"first_byte"_s, u"Where to begin, counted from 0; default 0"_s, 0, 1'000'000'000)
                           .require({u"path"_s}),
        .outputSchema = Schema()
                            .text(u"path"_s, {})
                            .text(u"format"_s, {})
                            .choice(u"encoding"_s, {}, {u"text"_s, u"base64"_s})
                            .text(u"content"_s, {})
                            .integer(u"first_byte"_s, {})
                            .integer(u"bytes"_s, u"In content, before base64"_s)
                            .integer(u"total_bytes"_s, {})
                            .integer(u"next_byte"_s, u"There are more: give it as first_byte"_s)
                            .require({u"path"_s, u"encoding"_s, u"content"_s, u"total_bytes"_s}),
        .run = &exportObject,
    };
}

} // namespace Tools
