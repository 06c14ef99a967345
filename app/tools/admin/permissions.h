#pragma once

#include "tools/kit/toolcall.h"

#include <QStringList>

namespace Tools {

/// The members of the permissions API by which an entry names whom it is about.
const QStringList &principalKeys();

/// "/api/2.0/permissions/jobs/123", from the arguments object_type and object_id.
QString permissionsPath(const ToolCall &call);

} // namespace Tools
