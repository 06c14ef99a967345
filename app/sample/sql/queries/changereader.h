#pragma once

#include "sample/sql/translation/expressioncontext.h"

namespace Sample {

// Statements that change the rows of a table. Each leaves its SQL in what the reading has found, and throws SqlFailure.

/// INSERT INTO t (a, b) VALUES …, INSERT INTO t SELECT …
void readInsertion(const SqlTokens &tokens, StatementReading &reading);

/// UPDATE t SET a = … WHERE …
void readUpdate(const SqlTokens &tokens, StatementReading &reading);

/// DELETE FROM t WHERE …
void readDeletion(const SqlTokens &tokens, StatementReading &reading);

} // namespace Sample
