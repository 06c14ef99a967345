#pragma once

#include "sample/sql/sqlcatalog.h"
#include "sample/sql/translation/sqltokens.h"

#include <QHash>

#include <chrono>

namespace Sample {

/// A query of Databricks SQL as SQLite runs it.
struct SqlTranslation
{
    QString sql;
    QList<SampleTable> tables;          ///< those it reads or changes, views before what they show
    QHash<QString, QString> types;      ///< of its columns, where the query says them, by name in small letters
    QStringList parameters;             ///< the names of :parameters, each once
    std::chrono::milliseconds delay{0}; ///< it asked to be slow: sleep_seconds(n), samples.slow.n
};

/// Names of tables become SQLite's, functions and literals too. Throws SqlFailure for a table that is not there.
SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults);

} // namespace Sample
