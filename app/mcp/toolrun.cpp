#include "mcp/toolrun.h"

#include "mcp/message.h"
#include "mcp/wire.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// Keeps the function in its frame: a lambda's captures must outlive the coroutine the lambda is.
QCoro::Task<> await(ToolFunction tool, ToolInvocation invocation, ToolRun run)
{
    try {
        const ToolResult result = co_await tool(std::move(invocation));
        run.finish(result);
    } catch (...) {
        run.fail();
    }
}

} // namespace

ToolRun::ToolRun(std::shared_ptr<PendingRequest> pending, Revision revision, QString tool)
    : m_pending(std::move(pending))
    , m_revision(revision)
    , m_tool(std::move(tool))
{}

void ToolRun::finish(const ToolResult &result) const
{
    m_pending->answer->send(resultMessage(m_pending->id, wireResult(result, m_revision)));
}

void ToolRun::fail() const
{
    // What was thrown may quote a request with its token: it goes nowhere.
    qCritical("The tool %s threw an exception; a tool must answer with an error instead.", qUtf8Printable(m_tool));
    const Error error{.code = ErrorCode::InternalError, .message = u"The tool failed unexpectedly."_s};
    m_pending->answer->send(errorMessage(m_pending->id, error));
}

void startTool(ToolFunction tool, ToolInvocation invocation, ToolRun run)
{
    // Detached: destroying a Task lets its coroutine run on.
    const QCoro::Task<> task = await(std::move(tool), std::move(invocation), std::move(run));
}

} // namespace Mcp
