#pragma once

#include <QSqlDatabase>
#include <QString>

namespace Calls {

/// Brings the tables of an open journal up to this program's version, one transaction a step (PRAGMA user_version
/// counts them). Returns empty, or what went wrong, for a person. A newer version than known is left untouched.
QString migrate(const QSqlDatabase &database);

} // namespace Calls
