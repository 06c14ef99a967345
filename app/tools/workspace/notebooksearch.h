#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// search_notebooks: lines of notebooks and text files below a folder that hold a text.
Tool searchNotebooksTool();

} // namespace Tools
