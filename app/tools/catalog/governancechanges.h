#pragma once

#include "tools/kit/tool.h"

namespace Tools {

// The tools that say something about a securable: tags and comments.
Tool setTagsTool();
Tool setCommentTool();

} // namespace Tools
