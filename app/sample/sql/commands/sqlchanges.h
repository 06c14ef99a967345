#pragma once

#include "sample/sql/sqlcontext.h"

namespace Sample {

/// INSERT; UPDATE and DELETE; TRUNCATE.
std::shared_ptr<SqlResult> insertRows(SqlContext &context, const SqlTokens &tokens);
std::shared_ptr<SqlResult> changeRows(SqlContext &context, const SqlTokens &tokens);
std::shared_ptr<SqlResult> truncateTable(SqlContext &context, const SqlTokens &tokens);

} // namespace Sample
