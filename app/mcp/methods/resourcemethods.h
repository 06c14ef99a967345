#pragma once

#include "mcp/methods/core.h"

namespace Mcp {

/// resources/list, resources/templates/list and resources/read (2025-11-25, server/resources).
void listResources(Core &core, const IncomingRequest &incoming);
void listResourceTemplates(Core &core, const IncomingRequest &incoming);
void readResource(Core &core, const IncomingRequest &incoming);

} // namespace Mcp
