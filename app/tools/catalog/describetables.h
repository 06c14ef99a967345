#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// describe_tables: columns, comments, rows, size and a sample of several tables at once.
Tool describeTablesTool();

} // namespace Tools
