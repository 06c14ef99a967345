#include "fixtures.h"

#include <QCoroTimer>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Mcp::LogLevel;
using Mcp::ToolInvocation;
using Mcp::ToolResult;

namespace Fixtures {

namespace {

constexpr auto Step = 50ms;

QCoro::Task<ToolResult> withProgress(ToolInvocation invocation)
{
    for (const int done : {0, 50, 100}) {
        invocation.reportProgress(done, 100, u"Completed step %1 of 100"_s.arg(done));
        co_await QCoro::sleepFor(Step);
    }
    co_return ToolResult(u"Done."_s);
}

QCoro::Task<ToolResult> withLogging(ToolInvocation invocation)
{
    for (const auto words : {"Tool execution started"_L1, "Tool processing data"_L1, "Tool execution completed"_L1}) {
        invocation.log(LogLevel::Info, QString(words));
        co_await QCoro::sleepFor(Step);
    }
    co_return ToolResult(u"Tool with logging executed successfully"_s);
}

QCoro::Task<ToolResult> nothing(ToolInvocation)
{
    co_return ToolResult(u"This tool comes and goes."_s);
}

QCoro::Task<Mcp::PromptResult> noPrompt(Mcp::PromptRequest)
{
    const Mcp::PromptMessage message = Mcp::PromptMessage::text(u"This prompt comes and goes."_s);
    co_return Mcp::PromptResult({message});
}

/// Offers one thing more, or no longer.
class Change
{
public:
    explicit Change(Mcp::Server *server)
        : m_server(server)
    {}

    QCoro::Task<ToolResult> tools() { return changed(m_server, &Change::toggleTool, &m_isToolThere); }
    QCoro::Task<ToolResult> prompts() { return changed(m_server, &Change::togglePrompt, &m_isPromptThere); }

private:
    static void toggleTool(Mcp::Server *server, bool there)
    {
        QList<Mcp::RegisteredTool> tools = contentTools() + inputTools() + eventTools(server);
        if (there)
            tools << tool(u"test_dynamic_tool"_s, u"Comes and goes."_s, nothing);
        server->setTools(tools);
    }

    static void togglePrompt(Mcp::Server *server, bool there)
    {
        QList<Mcp::RegisteredPrompt> offered = Fixtures::prompts();
        if (there)
            offered << Mcp::RegisteredPrompt{
                .description = {.name = u"test_dynamic_prompt"_s, .description = u"Comes and goes."_s},
                .get = noPrompt};
        server->setPrompts(offered);
    }

    static QCoro::Task<ToolResult> changed(QPointer<Mcp::Server> server, void (*toggle)(Mcp::Server *, bool),
                                           bool *isThere)
    {
        *isThere = !*isThere;
        if (server)
            toggle(server, *isThere);
        co_return ToolResult(u"Changed."_s);
    }

    QPointer<Mcp::Server> m_server;
    bool m_isToolThere = false;
    bool m_isPromptThere = false;
};

} // namespace

QList<Mcp::RegisteredTool> eventTools(Mcp::Server *server)
{
    static const auto change = std::make_shared<Change>(server);
    Mcp::RegisteredTool toolChange = tool(u"test_trigger_tool_change"_s, u"Changes the list of tools."_s, nullptr);
    toolChange.run = [](const ToolInvocation &) { return change->tools(); };
    Mcp::RegisteredTool promptChange =
        tool(u"test_trigger_prompt_change"_s, u"Changes the list of prompts."_s, nullptr);
    promptChange.run = [](const ToolInvocation &) { return change->prompts(); };
    return {
        tool(u"test_tool_with_progress"_s, u"Reports its progress."_s, withProgress),
        tool(u"test_tool_with_logging"_s, u"Logs what it does."_s, withLogging),
        tool(u"test_logging_tool"_s, u"Logs what it does."_s, withLogging),
        toolChange,
        promptChange,
    };
}

} // namespace Fixtures
