#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// list_workspace: a folder, or all that is below it.
Tool listWorkspaceTool();

} // namespace Tools
