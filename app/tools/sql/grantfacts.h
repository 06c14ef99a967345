#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QStringList>

namespace Tools {

/// A name of so many parts as the call means it, its catalog and schema before it where it has fewer; empty where
/// nobody can tell.
QStringList completedName(const ToolCall &call, QStringList parts, qsizetype wanted);

/// Of a GRANT or REVOKE: what its principal holds on its securable now, directly. Nothing for any other statement.
QCoro::Task<QStringList> grantFacts(ToolCall call);

} // namespace Tools
