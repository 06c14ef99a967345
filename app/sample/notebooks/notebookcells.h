#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace Sample {

/// A notebook, or a script, as it is run.
struct NotebookSource
{
    QString path;
    QString language; ///< PYTHON, SQL, SCALA, R
    QByteArray content;
    bool isScript = false; ///< a Python file: one cell, what it prints goes to the logs
};

/// A cell of a notebook.
struct NotebookCell
{
    QString language; ///< the notebook's, or that of a magic command: SQL, MD, RUN, …
    QString text;     ///< as the notebook shows it, without the marks of magic commands; lines count from 1 in it
    QString code;     ///< the text without the magic command itself
    qint64 id = 0;    ///< the number in traces, <command-4071>
};

/// The cells of a notebook in the source format (https://docs.databricks.com/notebooks/notebook-export-import).
QList<NotebookCell> cellsOf(const NotebookSource &source);

/// Where a trace says that an error came from, with the two lines before: "File <command-4071>, line 27, in f()" and
/// the lines themselves. line counts from 1; scope may be empty.
QString traceLines(const NotebookCell &cell, qsizetype line, const QString &scope);

} // namespace Sample
