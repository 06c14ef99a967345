#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// get_table: a table or view with its columns, constraints and a view's text.
Tool getTableTool();

} // namespace Tools
