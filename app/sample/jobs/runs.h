#pragma once

#include "sample/server/router.h"

namespace Sample {

class JobBook;
class RunBook;

/// The endpoints /api/2.2/jobs/run-now and /api/2.2/jobs/runs/{submit,list,get,get-output,cancel,repair}
/// (https://docs.databricks.com/api/workspace/jobs). The books must outlive them.
QList<Route> runRoutes(const JobBook &jobs, RunBook &runs);

} // namespace Sample
