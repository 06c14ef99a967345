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
    QStringList types;                  ///< of its columns
    QStringList parameters;             ///< the names of :parameters, each once
    std::chrono::milliseconds delay{0}; ///< it asked to be slow: sleep_seconds(n), samples.slow.n
};

/// A query, or what changes the rows of a table. Every value is what Databricks would give; what the sample cannot
/// give so throws SqlFailure, and so does a table that is not there. parameterTypes are the types of :names.
SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults,
                          const QHash<QString, QString> &parameterTypes);

} // namespace Sample
