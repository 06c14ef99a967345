#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// read_notebook: the source of a notebook, or a text file, by line range.
Tool readNotebookTool();

} // namespace Tools
