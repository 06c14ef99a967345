#pragma once

#include "mcp/methods/methods.h"

namespace Mcp {

/// resources/list, resources/templates/list and resources/read (2025-11-25, server/resources).
void listResources(Core &core, const Incoming &incoming);
void listResourceTemplates(Core &core, const Incoming &incoming);
void readResource(Core &core, const Incoming &incoming);

} // namespace Mcp
