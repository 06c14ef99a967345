#pragma once

#include "sample/sqlcatalog.h"
#include "sample/sqltokens.h"

#include <chrono>

namespace Sample {

/// A query of Databricks SQL as SQLite runs it.
struct SqlTranslation
{
    QString sql;
    QStringList tables;                 ///< the full names of those it names
    QStringList parameters;             ///< the names of :parameters, each once
    std::chrono::milliseconds delay{0}; ///< it asked to be slow: sleep_seconds(n), samples.slow.n
};

/// Names of tables become SQLite's, functions and literals too. Throws SqlFailure for a table that is not there.
SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults);

/// Reads the dotted name that begins at i, and moves i behind it.
QStringList readName(const SqlTokens &tokens, qsizetype &i);

} // namespace Sample
