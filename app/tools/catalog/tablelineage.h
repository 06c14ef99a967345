#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// get_table_lineage: what a table is made from and what is made from it, from the lineage system table.
Tool tableLineageTool();

} // namespace Tools
