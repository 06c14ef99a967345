#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/workspace/workspaceobjects.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

QCoro::Task<ToolResult> getWorkspaceObject(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    const QJsonObject status = co_await workspaceStatus(call, path);
    QJsonObject facts = workspaceRow(status);
    facts.insert("path"_L1, clean(status.value("path"_L1).toString(path)));
    const qint64 id = status.value("object_id"_L1).toInteger();
    addText(facts, u"object_id"_s, id ? QString::number(id) : QString());
    addText(facts, u"resource_id"_s, clean(status.value("resource_id"_L1).toString()));
    addText(facts, u"created_at"_s, timeText(status.value("created_at"_L1).toInteger()));
    const QString headline =
        u"%1 is a %2."_s.arg(facts.value("path"_L1).toString(), facts.value("object_type"_L1).toString());
    co_return factsAnswer(headline, facts);
}

Tool listTool()
{
    return {
        .name = u"list_workspace"_s,
        .title = u"List workspace folder"_s,
        .description = u"Lists notebooks, files and folders of a workspace folder; with recursive also what is below, "
                       "depth first. Without a path it lists the signed-in user's home folder."_s,
        .effect = Calls::Effect::Reads,
        .inputSchema = withPages(
            Schema()
                .text(u"path"_s, u"Such as /Shared or /Users/name@example.com. Optional: the user's home folder"_s)
                .flag(u"recursive"_s, u"Also all folders below, up to limit objects"_s)
                .text(u"name_contains"_s, u"Only objects whose own name holds this text, in any case"_s)),
        .outputSchema =
            listedSchema(u"objects"_s, workspaceRowSchema())
                .text(u"path"_s, u"The folder that was listed"_s)
                .texts(u"folders_not_listed"_s, u"Folders that a cut recursive listing did not list to their end"_s)
                .integer(u"folders_not_listed_count"_s, {})
                .texts(u"folders_refused"_s, u"Folders that the user may not list"_s),
        .run = &listWorkspace,
    };
}

Tool readTool()
{
    return {
        .name = u"read_notebook"_s,
        .title = u"Read notebook"_s,
        .description =
            u"Reads the source of a notebook, or a text file of the workspace, as plain text. Long ones come "
            "by line range."_s,
        .effect = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"path"_s, u"Such as /Shared/etl/load_orders"_s)
                           .integer(u"first_line"_s, u"Counted from 1; default 1"_s, 1, 100'000'000)
                           .integer(u"line_count"_s, u"At most this many lines; default as many as fit"_s, 1, 100'000)
                           .require({u"path"_s}),
        .outputSchema = notebookSchema(),
        .run = &readNotebook,
    };
}

Tool getTool()
{
    return {
        .name = u"get_workspace_object"_s,
        .title = u"Get workspace object"_s,
        .description = u"Shows what stands at a path of the workspace: type, language, id, size and times."_s,
        .effect = Calls::Effect::Reads,
        .inputSchema = Schema().text(u"path"_s, {}).require({u"path"_s}),
        .outputSchema =
            workspaceRowSchema().text(u"object_id"_s, {}).text(u"resource_id"_s, {}).text(u"created_at"_s, {}),
        .run = &getWorkspaceObject,
    };
}

} // namespace

QList<Tool> workspaceTools()
{
    return {listTool(), readTool(), getTool()};
}

} // namespace Tools
