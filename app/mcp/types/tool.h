#pragma once

#include "mcp/types/requestcontext.h"
#include "mcp/types/toolrequest.h"
#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QHash>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <stop_token>
#include <utility>

namespace Mcp {

/// Hints for the client about a tool's behaviour (specification 2025-11-25, server/tools, "ToolAnnotations").
struct ToolAnnotations
{
    bool readOnly = true;
    bool destructive = false;
    bool idempotent = true;
    bool openWorld = true;

    bool operator==(const ToolAnnotations &) const = default;
};

/// What tools/list says of a tool.
struct Tool
{
    QString name;
    QString title = {};
    QString description = {};
    QJsonObject inputSchema = {};
    QJsonObject outputSchema = {}; ///< empty: the tool gives no structured content
    ToolAnnotations annotations = {};

    bool operator==(const Tool &) const = default;
};

/// One tools/call on its way into a tool: valid arguments and the request's context.
class ToolInvocation : public RequestContext
{
public:
    ToolInvocation(ToolRequest request, RequestContext context)
        : RequestContext(std::move(context))
        , m_request(std::move(request))
    {}
    ToolInvocation(ToolRequest request, std::stop_token stop, Progress progress)
        : RequestContext(Parts{.client = request.client,
                               .revision = request.revision,
                               .stop = std::move(stop),
                               .progress = std::move(progress)})
        , m_request(std::move(request))
    {}

    /// The request with its arguments coerced and validated against the tool's input schema.
    const ToolRequest &request() const { return m_request; }

private:
    ToolRequest m_request;
};

/// A tool as it is registered with the server: what is said of it, and the coroutine that runs it. No coroutine of a
/// tool, prompt or resource may throw. A function that makes a coroutine must not be one itself if it has captures.
struct RegisteredTool
{
    Tool description;
    std::function<QCoro::Task<ToolResult>(ToolInvocation)> run;
    bool isListed = true;                        ///< false: can be called and is not in tools/list
    QHash<QString, QString> otherSpellings = {}; ///< names of arguments that are taken for others
};

} // namespace Mcp
