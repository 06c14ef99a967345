#pragma once

#include "sample/sql/sqlcontext.h"

namespace Sample {

/// CREATE and DROP of schemas, tables and views.
std::shared_ptr<SqlResult> createObject(SqlContext &context, const SqlTokens &tokens);
std::shared_ptr<SqlResult> dropObject(SqlContext &context, const SqlTokens &tokens);

} // namespace Sample
