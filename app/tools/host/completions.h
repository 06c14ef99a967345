#pragma once

#include "calls/calllog.h"
#include "mcp/types/completion.h"
#include "tools/host/session.h"

#include <QPointer>

#include <memory>

namespace Tools {

/// Completes one kind of thing ("cluster_id", "warehouse_id", "catalog", "full_name", "job_id", "run_id") from what its
/// list tool gives; asked again after half a minute at the earliest, since a person types faster than that.
Mcp::Completer completer(const QString &argument, QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session);

} // namespace Tools
