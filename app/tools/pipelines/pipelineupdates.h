#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// The tools that deal with the updates of a pipeline and with what happened in them.
Tool listPipelineEventsTool();
Tool getPipelineUpdateTool();
Tool startPipelineTool();

} // namespace Tools
