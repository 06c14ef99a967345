#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// The toolsets that are not on: of one that is off a few words, of one that is on in part the tools that are missing.
QJsonArray toolsetsOff(const Session &session)
{
    const QList<const Tool *> on = toolsOf(session.toolsets);
    QJsonArray off;
    for (const Toolset &toolset : toolsets()) {
        QStringList missing;
        for (const Tool &tool : toolset.tools) {
            if (!on.contains(&tool))
                missing.append(tool.name);
        }
        if (missing.isEmpty())
            continue;
        const bool isWhollyOff = missing.size() == toolset.tools.size();
        off.append(QJsonObject{
            {"toolset"_L1, toolset.name},
            {"off"_L1, isWhollyOff ? QString::fromUtf8(toolset.description).chopped(1) : missing.join(", "_L1)}});
    }
    return off;
}

/// What becomes of a call that changes something.
QString changesText(const Calls::Policy &policy)
{
    using Calls::Decision;
    if (policy.isReadOnly())
        return u"refused: read-only, which only the person can lift, in Bricktray's window"_s;
    Decision strictest = Decision::Allow;
    for (const Calls::Effect effect : Calls::changingEffects())
        strictest = std::max(strictest, policy.decide({}, effect));
    if (strictest == Decision::Allow)
        return u"run"_s;
    if (strictest == Decision::Ask)
        return u"ask the person in Bricktray's window, but for small additions"_s;
    return policy.decide({}, Calls::Effect::Adds) == Decision::Deny
               ? u"refused: nobody can be asked here"_s
               : u"additions run, what is more may be refused: nobody can be asked here"_s;
}

QCoro::Task<Mcp::ToolResult> getConnection(ToolCall call)
{
    const QJsonObject me = co_await call.workspace().get(u"/api/2.0/preview/scim/v2/Me"_s);
    mustHave(me, {u"userName"_s});
    const Session &session = call.session();
    QJsonObject facts{
        {"workspace"_L1, session.workspace.host().toString(QUrl::RemovePath)},
        {"user_name"_L1, Text::visible(me.value("userName"_L1).toString())},
        {"now"_L1, timeText(QDateTime::currentMSecsSinceEpoch())},
        {"read_only"_L1, session.policy().isReadOnly()},
        {"changes"_L1, changesText(session.policy())},
        {"toolsets"_L1, session.toolsets.join(", "_L1)},
    };
    addText(facts, u"workspace_id"_s, session.workspace.workspaceId());
    addText(facts, u"profile"_s, session.profile);
    addText(facts, u"default_cluster_id"_s, session.defaultClusterId);
    addText(facts, u"default_warehouse_id"_s, session.defaultWarehouseId);
    if (session.defaultWarehouseId.isEmpty())
        facts.insert("default_warehouse"_L1, u"none: SQL runs on one that runs, else on one that can be started"_s);
    Answer answer(u"Connected to %1 as %2."_s.arg(facts.value("workspace"_L1).toString(),
                                                  facts.value("user_name"_L1).toString()));
    const QJsonArray off = toolsetsOff(session);
    answer.facts(facts);
    answer.rows(u"toolsets_not_all_on"_s, u"Toolsets that are off or on in part:"_s,
                {{u"toolset"_s, u"toolset"_s}, {u"off"_s, u"what is off"_s}}, off);
    if (!off.isEmpty())
        answer.next(
            u"Where one of these is needed, ask the person to switch it on in Bricktray's settings, under Tools."_s);
    co_return answer;
}

} // namespace

QList<Tool> connectionTools()
{
    return {{
        .name = u"get_connection"_s,
        .title = u"Connection"_s,
        .description =
            u"Says which workspace this is, who is signed in, the time, the defaults, and which toolsets are off."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema(),
        .outputSchema = Schema()
                            .text(u"workspace"_s, u"URL of the workspace"_s)
                            .text(u"user_name"_s, u"The signed-in user"_s)
                            .flag(u"read_only"_s, u"Nothing that changes anything can be called"_s)
                            .require({u"workspace"_s, u"user_name"_s, u"read_only"_s}),
        .run = &getConnection,
    }};
}

} // namespace Tools
