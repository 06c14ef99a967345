#pragma once

#include "sample/jobs/rundata.h"

#include <vector>

namespace Sample {

struct SampleJob;

/// What a job has behind it when the sample starts: three runs of a scheduled job, one of the others, and a running one
/// of a continuous job. Times are counted back from now; otherwise it is the same every time.
std::vector<Run> inventedRuns(const SampleJob &job, qint64 now);

} // namespace Sample
