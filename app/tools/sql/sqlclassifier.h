#pragma once

#include "calls/effect.h"

#include <QString>

namespace Tools {

/// What a text of Databricks SQL does to the workspace, the worst of its statements. Read are queries, SHOW, DESCRIBE,
/// EXPLAIN and LIST, unless they call functions that reach beyond the workspace; everything else writes, and what
/// removes or replaces data destroys. Where the text could be read in two ways (an open quote, a backslash at the end
/// of a comment, a ${variable}), it writes at least. Grammar: Apache Spark's SqlBaseLexer and SqlBaseParser, which
/// Databricks SQL extends.
Calls::Effects classify(const QString &sql);

/// Whether its answer may hold the value of a secret: secret() and try_secret().
bool readsSecret(const QString &sql);

} // namespace Tools
