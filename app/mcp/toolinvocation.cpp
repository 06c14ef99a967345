#include "mcp/server.h"

#include <utility>

namespace Mcp {

ToolInvocation::ToolInvocation(ToolRequest request, std::stop_token stop, Progress progress)
    : m_request(std::move(request))
    , m_stop(std::move(stop))
    , m_progress(std::move(progress))
{}

void ToolInvocation::reportProgress(double done, double total, const QString &message) const
{
    if (m_progress)
        m_progress(done, total, message);
}

} // namespace Mcp
