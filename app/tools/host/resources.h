#pragma once

#include "calls/calllog.h"
#include "mcp/types/resource.h"
#include "tools/host/session.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// What of the workspace can be read by its address, from the toolsets that are on.
QList<Mcp::RegisteredResource> resources(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session);

} // namespace Tools
