#pragma once

#include "sample/server/router.h"

namespace Sample {

class PipelineBook;

/// The endpoints /api/2.0/pipelines (https://docs.databricks.com/api/workspace/pipelines). The book must outlive them.
QList<Route> pipelineRoutes(PipelineBook &book);

} // namespace Sample
