#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

namespace Tools {

/// The settings that create_job and update_job take by name; whatever else the API knows goes into settings.
Schema withJobSettings(Schema schema);

/// What these arguments set, as the API spells it. Throws ApiError where they do not go together.
QJsonObject jobSettings(const ToolCall &call);

} // namespace Tools
