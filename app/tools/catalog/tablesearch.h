#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// search_tables: tables by name, in one catalog or in all.
Tool searchTablesTool();

} // namespace Tools
