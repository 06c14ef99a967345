#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// The parts of the toolset sql, one a file.
QList<Tool> warehouseRows();
QList<Tool> statementRows();
QList<Tool> exportRows();
QList<Tool> queryHistoryRows();

} // namespace Tools
