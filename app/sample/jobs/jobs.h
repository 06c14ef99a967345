#pragma once

#include "sample/server/router.h"

namespace Sample {

class JobBook;

/// The endpoints /api/2.2/jobs/{list,get,create,update,reset,delete} (https://docs.databricks.com/api/workspace/jobs).
/// The book must outlive them.
QList<Route> jobRoutes(JobBook &book);

} // namespace Sample
