#pragma once

#include "sample/notebooks/notebookvalue.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

namespace Sample {

/// What a piece of code does in the sample: the results object of commands/status, and the seconds it sleeps.
struct ToyRun
{
    QString wanted; ///< a query to answer before it can be run to its end; empty: this is its end
    QJsonObject results = {};
    double seconds = 0;
};

/// The Python of an execution context: NotebookPython's forms, with variables that stay from command to command.
class ToyPython
{
public:
    /// Most rows that a command sees.
    static constexpr qint64 MostRows = 10'000;

    /// Runs the code as far as the answers to its queries reach.
    ToyRun run(const QString &code, const QList<QueryRows> &known);

private:
    QHash<QString, NotebookValue> m_names;
};

/// The rows of a query as results of the type table; its failure as an error.
QJsonObject queryResults(const QueryRows &rows, const QString &sql);

/// Results of the type error, as a runtime reports them: the line of the code counts from 1. What was printed before
/// stands before the traceback.
QJsonObject failureResults(const NotebookError &error, const QString &code, qsizetype line,
                           const QString &printed = {});

} // namespace Sample
