#pragma once

#include "sample/notebooks/notebookrun.h"

namespace Sample {

/// A run of a notebook as jobs/runs/export shows it: an HTML page that carries the notebook's model, its cells with
/// their results, as base64 of URL-encoded JSON (https://docs.databricks.com/api/workspace/jobs/exportrun).
QString exportedRun(const NotebookSource &source, const NotebookRun &run, qint64 start, qint64 end);

} // namespace Sample
