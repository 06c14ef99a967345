#pragma once

#include "sample/sql/sqlcatalog.h"
#include "sample/sql/sqlresult.h"

#include <QHash>
#include <QVariantMap>

#include <atomic>
#include <chrono>
#include <memory>

namespace Sample {

/// A statement to run.
struct SqlAsk
{
    QString statement;
    SqlDefaults defaults;
    QVariantMap parameters;                      ///< by name, without the colon
    QHash<QString, QString> parameterTypes = {}; ///< as Unity Catalog spells types
    qint64 rowLimit = -1;                        ///< -1: none
    qint64 byteLimit = -1;                       ///< more bytes are a failure; -1: none
    qsizetype rowsInChunk = 5000;
    std::shared_ptr<std::atomic_bool> cancelled = std::make_shared<std::atomic_bool>(false);
};

/// What became of a statement.
struct SqlOutcome
{
    std::shared_ptr<SqlResult> result; ///< nullptr: it failed
    QString message;
    QString sqlState;
    std::chrono::milliseconds delay{0}; ///< how long it asked to take beyond its own time
    QList<CatalogChange> changes;       ///< what it made of Unity Catalog
};

} // namespace Sample
