#pragma once

#include "sample/sql/functions/functions.h"
#include "sample/sql/sqlcatalog.h"

namespace Sample {

/// Whether functions of this name say something of the session.
bool isOfTheSession(const QString &function);

/// What functions say of the session and its user: current_user(), current_schema(), is_member(group). nullopt for any
/// other function.
std::optional<SqlValue> sessionValue(const SqlCall &call, const SqlDefaults &defaults);

} // namespace Sample
