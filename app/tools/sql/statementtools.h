#pragma once

#include "tools/kit/schema.h"

namespace Tools {

/// The arguments of whatever runs a statement: statement, warehouse_id, catalog, schema, parameters.
Schema statementSchema();

} // namespace Tools
