#pragma once

#include "mcp/revision.h"
#include "mcp/server.h"

#include <QJsonObject>

namespace Mcp {

/// Things as a revision of the protocol has them: what came in later is left out.
QJsonObject wireTool(const Tool &tool, const Revision &revision);
QJsonObject wireResult(const ToolResult &result, const Revision &revision);
QJsonObject wireImplementation(const Implementation &implementation, const Revision &revision);

} // namespace Mcp
