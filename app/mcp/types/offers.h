#pragma once

#include "mcp/types/completion.h"
#include "mcp/types/prompt.h"
#include "mcp/types/requestcontext.h"
#include "mcp/types/resource.h"
#include "mcp/types/resourceresult.h"
#include "mcp/types/revision.h"
#include "mcp/types/tool.h"
#include "mcp/types/toolrequest.h"
#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QMap>

#include <chrono>
#include <functional>

namespace Mcp {

/// One tools/call on its way into a tool: valid arguments and the request's context.
class ToolInvocation : public RequestContext
{
public:
    ToolInvocation(ToolRequest request, RequestContext context);
    ToolInvocation(ToolRequest request, std::stop_token stop, Progress progress);

    /// The request with its arguments coerced and validated against the tool's input schema.
    const ToolRequest &request() const { return m_request; }

private:
    ToolRequest m_request;
};

/// A tool on offer: what is said of it, and the coroutine behind it. No coroutine of an offer may throw. A function
/// that makes a coroutine must not be one itself if it has captures.
struct OfferedTool
{
    Tool description;
    std::function<QCoro::Task<ToolResult>(ToolInvocation)> run;
};

/// One prompts/get; all required arguments are there.
struct PromptRequest
{
    QString prompt;
    QMap<QString, QString> arguments;
    RequestContext context;
};

/// One completion/complete.
struct CompletionRequest
{
    CompletionQuery query;
    RequestContext context;
};

using Completer = std::function<QCoro::Task<Completion>(CompletionRequest)>;

/// A prompt on offer, and who completes its arguments.
struct OfferedPrompt
{
    Prompt description;
    std::function<QCoro::Task<PromptResult>(PromptRequest)> get;
    Completer complete = {};
};

/// One resources/read: the variables are what the URI has in the template's places, percent-decoded.
struct ResourceRequest
{
    QString uri;
    QMap<QString, QString> variables;
    RequestContext context;
};

/// Resources on offer. A template with variables stands for a family, of which list() may name some; one without is a
/// single resource and is listed as such.
struct OfferedResource
{
    ResourceTemplate description;
    std::function<QCoro::Task<ResourceResult>(ResourceRequest)> read;
    std::function<QCoro::Task<ResourceListing>(RequestContext)> list = {};
    Completer complete = {};
    Eras subscribable = {};               ///< in which eras Server::announceResource() will tell of changes
    std::chrono::milliseconds freshFor{}; ///< how long a client may show what it read before it asks again
};

} // namespace Mcp
