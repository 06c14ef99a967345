#pragma once

#include "calls/policy.h"

#include <QString>

namespace Tools {

/// What a text of Databricks SQL does to the workspace, the worst of its statements. Read are queries, SHOW, DESCRIBE,
/// EXPLAIN and LIST; everything else writes, and what removes or replaces data destroys. Where the text could be read
/// in two ways (an open quote, a backslash at the end of a comment, a ${variable}), it writes at least. Grammar:
/// Apache Spark's SqlBaseLexer and SqlBaseParser, which Databricks SQL extends.
Calls::Effect classify(const QString &sql);

} // namespace Tools
