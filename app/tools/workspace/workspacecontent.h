#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// What goes into the workspace whole, and comes out of it: notebooks and files in the formats of its import and export.
Tool writeNotebookTool();
Tool importWorkspaceObjectTool();
Tool exportWorkspaceObjectTool();

} // namespace Tools
