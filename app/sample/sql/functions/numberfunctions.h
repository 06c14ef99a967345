#pragma once

#include "sample/sql/functions/functions.h"

namespace Sample {

// Functions of numbers whose type depends on that of their arguments. All throw SqlFailure for what they do not take.

/// ceil and floor, without a number of digits
SqlValue roundedUp(const SqlCall &call);

/// round
SqlValue rounded(const SqlCall &call);

/// mod, try_add, try_divide …
SqlValue calculatedCall(const SqlCall &call);

/// pmod: the remainder with the divisor's sign
SqlValue positiveRemainder(const SqlCall &call);

} // namespace Sample
