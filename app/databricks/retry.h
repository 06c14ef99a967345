#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace Databricks {

struct HttpResponse;

/// How patient the client is. The defaults are the official SDKs'.
struct RetryPolicy
{
    std::chrono::milliseconds requestTimeout = std::chrono::seconds(60);
    std::chrono::milliseconds retryBudget = std::chrono::seconds(300); ///< over all attempts of one request
    std::chrono::milliseconds retryStep = std::chrono::seconds(1); ///< wait min(10, attempt) steps and up to one more
    qint64 answerBytes = 64 * 1024 * 1024;
};

/// How long to wait before the request may be sent again; nothing if it must not be. failures counts this one, from 1.
/// What may have changed something is repeated only where the workspace surely did nothing.
std::optional<std::chrono::milliseconds> waitBeforeRetry(const HttpResponse &response, bool isRead, int failures,
                                                         const RetryPolicy &policy);

/// Retry-After as seconds or as an HTTP date; nothing if it is missing, nonsense or in the past.
std::optional<std::chrono::milliseconds> readRetryAfter(const QByteArray &value);

} // namespace Databricks
