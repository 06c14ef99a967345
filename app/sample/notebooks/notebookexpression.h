#pragma once

#include "sample/notebooks/notebookvalue.h"

namespace Sample {

/// What an expression may use.
struct NotebookScope
{
    QHash<QString, NotebookValue> names;
    QJsonObject parameters; ///< widgets by name
    QueryAnswers &answers;
};

/// Evaluates an expression: numbers, texts and f-strings, names, arithmetic, spark.sql, spark.table, spark.range,
/// count(), limit(), first(), collect(), widgets. Throws NotebookError, NotebookExit and QueryWanted.
NotebookValue evaluated(const QString &expression, NotebookScope &scope);

/// The rows of a frame, read now. Throws as evaluated() does.
QueryRows rowsOf(const Frame &frame, NotebookScope &scope);

} // namespace Sample
