#pragma once

#include "sample/notebooks/notebookrun.h"

namespace Sample {

/// What is kept of a notebook of the sample whose source is still the one it came with; empty for any other.
QJsonObject preparedRun(const NotebookSource &source);

/// How a prepared cell fails.
struct PreparedFailure
{
    QString error;
    QString trace;
};

/// Runs a cell as kept says: its queries, then what it prints, shows, exits with or fails of. In a text "{0}" is the
/// first cell of the cell's first query, "{0*}" its first column as a Python list, "{0lines}" the same line by line,
/// "{name}" a parameter, "{yesterday}" a day. Throws as NotebookPython does, and PreparedFailure.
void runPrepared(const QJsonObject &kept, const QList<NotebookCell> &cells, const NotebookStart &start,
                 QueryAnswers &answers, CellOutput &output);

} // namespace Sample
