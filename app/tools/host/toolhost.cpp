#include "tools/host/toolhost.h"

#include "tools/host/catalogue.h"
#include "tools/host/offtools.h"
#include "tools/host/prompts.h"
#include "tools/host/resources.h"
#include "tools/host/runtool.h"

using namespace Qt::StringLiterals;
using Calls::Effect;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What a client needs of an output schema: the members that are always there, and of what kind they are.
QJsonObject reduced(const QJsonObject &schema)
{
    const QJsonObject all = schema.value("properties"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    QJsonObject properties;
    for (const QJsonValue name : required) {
        const QJsonValue type = all.value(name.toString())["type"_L1];
        properties.insert(name.toString(), QJsonObject{{"type"_L1, type}});
    }
    return {{"type"_L1, "object"_L1}, {"properties"_L1, properties}, {"required"_L1, required}};
}

/// Unknown arguments of what changes something are refused, and the schema says so.
QJsonObject closed(QJsonObject schema)
{
    schema.insert("additionalProperties"_L1, false);
    return schema;
}

Mcp::Tool described(const Tool &tool, bool readOnlySession)
{
    const bool readsOnly = !tool.effects || readOnlySession;
    Mcp::Tool description;
    description.name = tool.name;
    description.title = tool.title;
    description.description = tool.description;
    if (readOnlySession && tool.effects)
        description.description += u" Read-only now: changes are refused."_s;
    description.inputSchema = readsOnly ? tool.inputSchema : closed(tool.inputSchema);
    description.outputSchema = reduced(tool.outputSchema);
    description.annotations.readOnly = readsOnly;
    description.annotations.destructive = !readsOnly && tool.effects & ~Calls::Effects(Effect::Adds);
    description.annotations.idempotent = readsOnly || tool.idempotent;
    return description;
}

/// Spellings of arguments that other tools and programs have for the same thing.
const QHash<QString, QString> &otherSpellings()
{
    static const QHash<QString, QString> spellings{
        {u"catalog_name"_s, u"catalog"_s},
        {u"schema_name"_s, u"schema"_s},
        {u"table_name"_s, u"full_name"_s},
        {u"table"_s, u"full_name"_s},
        {u"table_full_name"_s, u"full_name"_s},
        {u"max_results"_s, u"limit"_s},
        {u"query"_s, u"statement"_s},
        {u"sql"_s, u"statement"_s},
        {u"state"_s, u"states"_s},
        {u"notebook_path"_s, u"path"_s},
        {u"object_path"_s, u"path"_s},
        {u"cursor"_s, u"page_token"_s},
        {u"name"_s, u"name_contains"_s},
        {u"volume_path"_s, u"path"_s},
    };
    return spellings;
}

QCoro::Task<ToolResult> runForClient(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                     const Tool *tool, Mcp::ToolInvocation invocation)
{
    const ToolOutcome outcome = co_await runTool(log, session, tool, invocation);
    const ToolResult result = outcome.result();
    co_return result;
}

QCoro::Task<ToolResult> answerOff(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                  const Tool *tool, QString words, Mcp::ToolInvocation invocation)
{
    if (log)
        log->refuse(invocation.request(), session->profile, session->workspace.host().host(), words,
                    tool->secretArguments);
    const ToolResult result = ToolResult::error(words);
    co_return result;
}

} // namespace

QList<Mcp::RegisteredTool> ToolHost::offer(std::shared_ptr<const Session> session) const
{
    QList<Mcp::RegisteredTool> offered;
    const bool isReadOnly = session->policy().isReadOnly();
    // Not coroutines themselves: their captures must not be what a suspended frame refers to.
    for (const Toolset &toolset : toolsets()) {
        for (const Tool &tool : toolset.tools) {
            const Off off = whyOff(tool, *session);
            const bool isOn = !off.isHidden();
            Mcp::RegisteredTool row{described(tool, isReadOnly), {}, isOn, otherSpellings()};
            if (isOn) {
                row.run = [log = m_log, session, &tool](const Mcp::ToolInvocation &invocation) {
                    return runForClient(log, session, &tool, invocation);
                };
            } else {
                // Some clients never read the list again: they call what was on when they did.
                row.description.inputSchema = {{"type"_L1, "object"_L1}, {"additionalProperties"_L1, true}};
                row.run = [log = m_log, session, &tool,
                           words = offWords(tool, off)](const Mcp::ToolInvocation &invocation) {
                    return answerOff(log, session, &tool, words, invocation);
                };
            }
            offered.append(row);
            row.isListed = false;
            for (const QString &name : tool.formerNames) {
                row.description.name = name;
                offered.append(row);
            }
        }
    }
    return offered;
}

QList<Mcp::RegisteredResource> ToolHost::offerResources(std::shared_ptr<const Session> session) const
{
    return resources(m_log, session);
}

QList<Mcp::RegisteredPrompt> ToolHost::offerPrompts(std::shared_ptr<const Session> session) const
{
    return prompts(m_log, session);
}

} // namespace Tools
