#pragma once

#include "sample/sql/sqlcontext.h"

namespace Sample {

/// Whether a query asks for costs: it names system.billing.list_prices, whose structs SQLite does not have.
bool asksForCosts(const SqlTokens &tokens);
/// What it gets: item, cost, currency, usage and unit, of the column that it groups by.
std::shared_ptr<SqlResult> costs(SqlContext &context, const SqlTokens &tokens);

} // namespace Sample
