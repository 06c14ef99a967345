#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/workspace/workspaceconsequence.h"
#include "tools/workspace/workspacecontent.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

QCoro::Task<ToolResult> createFolder(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    call.setTarget(Text::visible(path));
    const QJsonObject body{{"path"_L1, path}};
    co_await call.workspace().post(u"/api/2.0/workspace/mkdirs"_s, body);
    const QJsonObject facts{{"path"_L1, Text::visible(path)}};
    co_return factsAnswer(u"The folder %1 is there now, with the folders above it."_s.arg(Text::visible(path)), facts);
}

QCoro::Task<ToolResult> deleteObject(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    call.setTarget(Text::visible(path));
    const QJsonObject body{{"path"_L1, path}, {"recursive"_L1, call.flag(u"recursive"_s)}};
    try {
        co_await call.workspace().post(u"/api/2.0/workspace/delete"_s, body);
    } catch (const ApiError &error) {
        if (error.errorCode() != "DIRECTORY_NOT_EMPTY"_L1)
            throw;
        co_return ToolResult::error(
            u"%1 is a folder with something in it, and nothing was deleted. See what is there with list_workspace; to "
            "delete it with all of that, call again with recursive true."_s.arg(Text::visible(path)));
    }
    const QJsonObject facts{{"path"_L1, Text::visible(path)}, {"deleted"_L1, true}};
    co_return factsAnswer(u"%1 was deleted."_s.arg(Text::visible(path)), facts);
}

QCoro::Task<QString> deletionTarget(ToolCall call)
{
    const QString object = co_await workspaceTarget(call);
    const QString target = call.flag(u"recursive"_s) ? QString(object + ", with everything in it"_L1) : object;
    co_return target;
}

Tool createFolderTool()
{
    return {
        .name = u"create_workspace_folder"_s,
        .title = u"Create workspace folder"_s,
        .description = u"Creates a folder and those above it that are missing. One that exists is a success."_s,
        .effects = Calls::Effect::Adds,
        .inputSchema = Schema().text(u"path"_s, u"Path of the folder"_s).require({u"path"_s}),
        .outputSchema = Schema().text(u"path"_s, {}).require({u"path"_s}),
        .run = &createFolder,
        .idempotent = true,
    };
}

Tool deleteObjectTool()
{
    return {
        .name = u"delete_workspace_object"_s,
        .title = u"Delete workspace object"_s,
        .description = u"Deletes a notebook, file or empty folder for good. With recursive, also a folder with "
                       "everything in it."_s,
        .effects = Calls::Effect::Destroys,
        .inputSchema = Schema()
                           .text(u"path"_s, u"Path in the workspace"_s)
                           .flag(u"recursive"_s, u"Also what is in the folder; default false"_s)
                           .require({u"path"_s}),
        .outputSchema = Schema().text(u"path"_s, {}).flag(u"deleted"_s, {}).require({u"path"_s, u"deleted"_s}),
        .run = &deleteObject,
        .target = &deletionTarget,
        .consequence = &deletionOfObject,
    };
}

} // namespace

QList<Tool> workspaceAdminTools()
{
    return {writeNotebookTool(), createFolderTool(), deleteObjectTool(), exportWorkspaceObjectTool(),
            importWorkspaceObjectTool()};
}

} // namespace Tools
