#pragma once

#include "tools/tool.h"

namespace Tools {

/// The rows of catalog_admin that delete.
QList<Tool> catalogRemovalTools();

} // namespace Tools
