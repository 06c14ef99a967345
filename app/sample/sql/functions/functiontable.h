#pragma once

#include <QString>
#include <QStringList>

namespace Sample {

/// A function of Databricks SQL that SQLite computes by a form.
struct FunctionRow
{
    QStringList takes; ///< of each argument what it must be: a type, or one of the words below
    QString gives;     ///< the type of the result: a type, or $1 for the first argument's
    QString form;      ///< $1 … are the arguments; $over is behind each aggregate or window function of SQLite's
};

// What an argument may be, besides a type of that name:
//   any     it is taken as it is
//   number  a number as it is, a text as the number that it says
//   moment  a date or a time
//   same    what all arguments of this kind have in common

/// nullptr where the table has no function of this name with so many arguments.
const FunctionRow *functionRow(const QString &name, qsizetype count);

/// How many arguments functions of this name take; empty where the table does not have it.
QList<qsizetype> argumentCounts(const QString &name);

/// Whether a call of it stands for many rows, or is over a window of them.
bool isAggregate(const QString &function);
bool isWindowFunction(const QString &function);

/// Whether Databricks has a function of this name
/// (https://docs.databricks.com/sql/language-manual/sql-ref-functions-builtin-alpha).
bool isBuiltIn(const QString &name);

} // namespace Sample
