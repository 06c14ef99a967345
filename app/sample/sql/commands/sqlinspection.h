#pragma once

#include "sample/sql/sqlcontext.h"

namespace Sample {

/// SHOW …; DESCRIBE ….
std::shared_ptr<SqlResult> showObjects(SqlContext &context, const SqlTokens &tokens);
std::shared_ptr<SqlResult> describeObject(SqlContext &context, const SqlTokens &tokens);

} // namespace Sample
