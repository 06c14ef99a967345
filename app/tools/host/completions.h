#pragma once

#include "mcp/types/completion.h"
#include "tools/host/session.h"
#include "tools/host/toolhost.h"

namespace Tools {

/// Completes one kind of thing ("cluster_id", "warehouse_id", "catalog", "full_name", "job_id", "run_id") from what its
/// list tool gives; asked again after half a minute at the earliest, since a person types faster than that.
Mcp::Completer completer(const QString &argument, QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session);

/// Runs a tool by its name for a request that is no tools/call. Nothing where its toolset is off.
QCoro::Task<ToolOutcome> runNamedTool(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                      QString tool, QJsonObject arguments, Mcp::RequestContext context);

} // namespace Tools
