#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// The rows of catalog_admin that delete.
QList<Tool> catalogRemovalTools();

} // namespace Tools
