#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// diagnose_job_run: everything one looks up when a run has failed, in one answer.
Tool diagnoseRunTool();

} // namespace Tools
