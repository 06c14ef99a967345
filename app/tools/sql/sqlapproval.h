#pragma once

#include "tools/kit/tool.h"
#include "tools/sql/grammar/sqlclassifier.h"

namespace Tools {

/// What the statement does, functions that the person trusts taken into account.
SqlDeed deedOf(const ToolCall &call);
/// The row of a tool whose argument "statement" is SQL, with what a person is told about its calls: the verb, the
/// table and the warehouse, and what they would bring (see statementConsequence()).
Tool asSql(Tool row);

} // namespace Tools
