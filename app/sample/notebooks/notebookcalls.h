#pragma once

#include "sample/notebooks/notebookarguments.h"
#include "sample/notebooks/notebookexpression.h"

namespace Sample {

/// What a function of Python, spark or dbutils gives: notebookCall("spark.table", …). Throws as evaluated() does.
NotebookValue notebookCall(const QString &name, const NotebookArguments<NotebookValue> &given, NotebookScope &scope);

/// The same for a method of a value, such as count() of a data frame.
NotebookValue notebookMethod(const NotebookValue &value, const QString &name,
                             const NotebookArguments<NotebookValue> &given, NotebookScope &scope);

} // namespace Sample
