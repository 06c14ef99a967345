#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// Whole folders between this computer and the workspace, within the folder that the person shares.
Tool uploadFolderTool();
Tool downloadFolderTool();

} // namespace Tools
