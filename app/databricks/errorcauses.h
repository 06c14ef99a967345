#pragma once

#include <QString>

namespace Databricks {

/// What to do about an error whose cause its own words tell: a network that is blocked, a token for somewhere else, a
/// workspace without Unity Catalog. Empty where they do not. For the REST API's errors and for those of SQL statements.
QString adviceByCause(const QString &code, const QString &message);

} // namespace Databricks
