#pragma once

#include "sample/notebooks/notebookcells.h"
#include "sample/notebooks/notebookpython.h"

#include <QJsonObject>
#include <QVariantMap>

#include <optional>

namespace Sample {

/// How a notebook is run.
struct NotebookStart
{
    QJsonObject parameters; ///< widgets by name
    int attempt = 0;        ///< from 0: some fail at first
    QDateTime time;         ///< when it runs
};

/// A cell and what it gave.
struct CellRun
{
    NotebookCell cell;
    CellOutput output = {};
    bool isDone = false; ///< false: an error or an exit came before it
    QString error = {};  ///< "ZeroDivisionError: division by zero"
    QString trace = {};
};

/// What a run of a notebook gave.
struct NotebookRun
{
    QString wanted; ///< a query to answer before it can be run to its end; empty: this is its end
    QList<CellRun> cells;
    std::optional<QString> exit; ///< what dbutils.notebook.exit gave
    QString error;               ///< of the cell that failed; empty: none did
    QString trace;
    QString logs;
    bool losesDriver = false; ///< the driver dies of it

    /// What a script printed.
    QString printed() const;
};

/// A run, and what ran.
struct NotebookRecord
{
    NotebookSource source;
    NotebookRun run;
};

/// Runs a notebook as far as the answers to its queries reach. Notebooks of the sample that do what it cannot are
/// prepared: what their cells show is kept in resources/sample/notebookruns.json. Any other is interpreted: SQL, and
/// NotebookPython's few forms.
NotebookRun runNotebook(const NotebookSource &source, const NotebookStart &start, const QList<QueryRows> &known);

/// The parameters as a query of the notebook sees them.
QVariantMap queryParameters(const NotebookSource &source, const NotebookStart &start);

} // namespace Sample
