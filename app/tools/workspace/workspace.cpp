#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/text/times.h"
#include "tools/workspace/notebookreading.h"
#include "tools/workspace/notebooksearch.h"
#include "tools/workspace/workspacelisting.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

QCoro::Task<ToolResult> getWorkspaceObject(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    const QJsonObject status = co_await workspaceStatus(call, path);
    QJsonObject facts = workspaceRow(status);
    facts.insert("path"_L1, Text::visible(status.value("path"_L1).toString(path)));
    const qint64 id = status.value("object_id"_L1).toInteger();
    addText(facts, u"object_id"_s, id ? QString::number(id) : QString());
    addText(facts, u"resource_id"_s, Text::visible(status.value("resource_id"_L1).toString()));
    addText(facts, u"created_at"_s, timeText(status.value("created_at"_L1).toInteger()));
    const QString headline =
        u"%1 is a %2."_s.arg(facts.value("path"_L1).toString(), facts.value("object_type"_L1).toString());
    co_return factsAnswer(headline, facts);
}

Tool getWorkspaceObjectTool()
{
    return {
        .name = u"get_workspace_object"_s,
        .title = u"Get workspace object"_s,
        .description = u"Shows what stands at a path of the workspace: type, language, id, size and times."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema().text(u"path"_s, u"Path in the workspace"_s).require({u"path"_s}),
        .outputSchema =
            workspaceRowSchema().text(u"object_id"_s, {}).text(u"resource_id"_s, {}).text(u"created_at"_s, {}),
        .run = &getWorkspaceObject,
    };
}

} // namespace

QList<Tool> workspaceTools()
{
    return {listWorkspaceTool(), readNotebookTool(), searchNotebooksTool(), getWorkspaceObjectTool()};
}

} // namespace Tools
