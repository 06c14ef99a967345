#pragma once

#include "databricks/transport.h"
#include "databricks/workspace.h"

#include <optional>

namespace Databricks {

/// How long to wait before the request may be sent again; nothing if it must not be. failures counts this one, from 1.
/// What may have changed something is repeated only where the workspace surely did nothing.
std::optional<std::chrono::milliseconds> waitBeforeRetry(const Answer &answer, bool isRead, int failures,
                                                         const Patience &patience);

/// Retry-After as seconds or as an HTTP date; nothing if it is missing, nonsense or in the past.
std::optional<std::chrono::milliseconds> readRetryAfter(const QByteArray &value);

} // namespace Databricks
