#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// The tools that list, show and cancel runs.
Tool listRunsTool();
Tool getRunTool();
Tool cancelRunTool();

} // namespace Tools
