#pragma once

#include "sample/sql/sqlcontext.h"

namespace Sample {

/// ALTER TABLE and ALTER VIEW; COMMENT ON.
std::shared_ptr<SqlResult> alterTable(SqlContext &context, const SqlTokens &tokens);
std::shared_ptr<SqlResult> commentOn(SqlContext &context, const SqlTokens &tokens);

} // namespace Sample
