#include "mcp/types/offers.h"

#include <utility>

namespace Mcp {

ToolInvocation::ToolInvocation(ToolRequest request, RequestContext context)
    : RequestContext(std::move(context))
    , m_request(std::move(request))
{}

ToolInvocation::ToolInvocation(ToolRequest request, std::stop_token stop, Progress progress)
    : RequestContext(Parts{.client = request.client,
                           .revision = request.revision,
                           .stop = std::move(stop),
                           .progress = std::move(progress)})
    , m_request(std::move(request))
{}

} // namespace Mcp
