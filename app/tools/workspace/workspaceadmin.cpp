#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/workspace/workspacecontent.h"
#include "tools/workspace/workspaceobjects.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

const QStringList Languages{u"PYTHON"_s, u"SQL"_s, u"SCALA"_s, u"R"_s};

QCoro::Task<ToolResult> createFolder(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    call.setTarget(clean(path));
    const QJsonObject body{{"path"_L1, path}};
    co_await call.workspace().post(u"/api/2.0/workspace/mkdirs"_s, body);
    const QJsonObject facts{{"path"_L1, clean(path)}};
    co_return ToolResult(u"The folder %1 is there now, with the folders above it."_s.arg(clean(path)), facts);
}

QCoro::Task<ToolResult> deleteObject(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    call.setTarget(clean(path));
    const QJsonObject body{{"path"_L1, path}, {"recursive"_L1, call.flag(u"recursive"_s)}};
    try {
        co_await call.workspace().post(u"/api/2.0/workspace/delete"_s, body);
    } catch (const ApiError &error) {
        if (error.errorCode() != "DIRECTORY_NOT_EMPTY"_L1)
            throw;
        co_return ToolResult::error(
            u"%1 is a folder with something in it, and nothing was deleted. See what is there with list_workspace; to "
            "delete it with all of that, call again with recursive true."_s.arg(clean(path)));
    }
    const QJsonObject facts{{"path"_L1, clean(path)}, {"deleted"_L1, true}};
    co_return ToolResult(u"%1 was deleted."_s.arg(clean(path)), facts);
}

QCoro::Task<QString> deletionTarget(ToolCall call)
{
    const QString object = co_await workspaceTarget(call);
    const QString target = call.flag(u"recursive"_s) ? QString(object + ", with everything in it"_L1) : object;
    co_return target;
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

Tool writeTool()
{
    return {
        .name = u"write_notebook"_s,
        .title = u"Write notebook"_s,
        .description =
            u"Writes a notebook from source text. Refuses to replace what is there unless overwrite is true."_s,
        .effect = Calls::Effect::Writes,
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
        .target = &writingTarget,
    };
}

Tool importTool()
{
    return {
        .name = u"import_workspace_object"_s,
        .title = u"Import workspace object"_s,
        .description = u"Writes a file or a notebook in another format (Jupyter, HTML, archive) to the workspace. "
                       "Refuses to replace what is there unless overwrite is true."_s,
        .effect = Calls::Effect::Writes,
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
        .target = &writingTarget,
    };
}

Tool exportTool()
{
    return {
        .name = u"export_workspace_object"_s,
        .title = u"Export workspace object"_s,
        .description = u"Exports a notebook, file or folder in another format. Text comes as text, anything else as "
                       "base64 in the structured content; long ones by byte range."_s,
        .effect = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"path"_s, {})
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

Tool folderTool()
{
    return {
        .name = u"create_workspace_folder"_s,
        .title = u"Create workspace folder"_s,
        .description = u"Creates a folder and those above it that are missing. One that exists is a success."_s,
        .effect = Calls::Effect::Writes,
        .inputSchema = Schema().text(u"path"_s, {}).require({u"path"_s}),
        .outputSchema = Schema().text(u"path"_s, {}).require({u"path"_s}),
        .run = &createFolder,
        .idempotent = true,
    };
}

Tool deletionTool()
{
    return {
        .name = u"delete_workspace_object"_s,
        .title = u"Delete workspace object"_s,
        .description = u"Deletes a notebook, file or empty folder for good. With recursive, also a folder with "
                       "everything in it."_s,
        .effect = Calls::Effect::Destroys,
        .inputSchema = Schema()
                           .text(u"path"_s, {})
                           .flag(u"recursive"_s, u"Also what is in the folder; default false"_s)
                           .require({u"path"_s}),
        .outputSchema = Schema().text(u"path"_s, {}).flag(u"deleted"_s, {}).require({u"path"_s, u"deleted"_s}),
        .run = &deleteObject,
        .target = &deletionTarget,
    };
}

} // namespace

QList<Tool> workspaceAdminTools()
{
    return {writeTool(), folderTool(), deletionTool(), exportTool(), importTool()};
}

} // namespace Tools
