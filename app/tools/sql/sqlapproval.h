#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"
#include "tools/sql/sqlclassifier.h"

#include <QCoroTask>

namespace Tools {

// What a person is told about a call whose argument "statement" is SQL, for the rows of such tools.

/// What the statement does, functions that the person trusts taken into account.
SqlDeed deedOf(const ToolCall &call);
/// "DROP TABLE".
QString sqlVerb(const ToolCall &call);
/// What it works on, and on which warehouse; empty where the text does not say.
QString sqlTarget(const ToolCall &call);
/// "main.sales.orders on Starter Warehouse".
QCoro::Task<QString> statementTarget(ToolCall call);
Calls::Passage::Language sqlLanguage(const ToolCall &call);
/// Why it is asked about, and of a table that would go: its kind, its owner, whether it can be brought back.
QCoro::Task<Calls::Consequence> statementConsequence(ToolCall call);

} // namespace Tools
