#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

QCoro::Task<Mcp::ToolResult> getConnection(ToolCall call)
{
    const QJsonObject me = co_await call.workspace().get(u"/api/2.0/preview/scim/v2/Me"_s);
    mustHave(me, {u"userName"_s});
    const Session &session = call.session();
    QJsonObject facts{
        {"workspace"_L1, session.workspace.host().toString(QUrl::RemovePath)},
        {"profile"_L1, session.profile},
        {"user_name"_L1, Text::visible(me.value("userName"_L1).toString())},
        {"default_cluster_id"_L1, session.defaultClusterId},
        {"default_warehouse_id"_L1, session.defaultWarehouseId},
        {"read_only"_L1, session.policy().isReadOnly()},
        {"toolsets"_L1, QJsonArray::fromStringList(session.toolsets)},
    };
    addText(facts, u"workspace_id"_s, session.workspace.workspaceId());
    co_return factsAnswer(
        u"Connected to %1 as %2."_s.arg(facts.value("workspace"_L1).toString(), facts.value("user_name"_L1).toString()),
        facts);
}

} // namespace

QList<Tool> connectionTools()
{
    return {{
        .name = u"get_connection"_s,
        .title = u"Connection"_s,
        .description =
            u"Says which Databricks workspace this server works in, who is signed in, the default cluster and "
            "SQL warehouse, whether it is read-only, and which toolsets are on. Call this first."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema(),
        .outputSchema = Schema()
                            .text(u"workspace"_s, u"URL of the workspace"_s)
                            .text(u"profile"_s, u"Name of the profile in Bricktray"_s)
                            .text(u"user_name"_s, u"The signed-in user"_s)
                            .text(u"default_cluster_id"_s, u"Used where a tool gets no cluster_id; may be empty"_s)
                            .text(u"default_warehouse_id"_s, u"Used where a tool gets no warehouse_id; may be empty"_s)
                            .flag(u"read_only"_s, u"Nothing that changes anything is offered"_s)
                            .texts(u"toolsets"_s, u"The toolsets that are on"_s)
                            .require({u"workspace"_s, u"user_name"_s, u"read_only"_s}),
        .run = &getConnection,
    }};
}

} // namespace Tools
