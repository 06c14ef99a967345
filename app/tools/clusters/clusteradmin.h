#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// The parts of the toolset cluster_admin.
QList<Tool> clusterChangeTools();
QList<Tool> clusterChoiceTools();
QList<Tool> libraryTools();

} // namespace Tools
