#include "databricks/retry.h"

#include "databricks/httpresponse.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <limits>

namespace Databricks {

namespace {

using std::chrono::milliseconds;

struct Rule
{
    Failure failure;
    bool readsOnly;
    int attempts; ///< in all
};

constexpr std::array rules{
    Rule{Failure::Refused, false, 3},
    Rule{Failure::Lost, true, 4},
    Rule{Failure::Cut, true, 4},
    Rule{Failure::TimedOut, true, 3},
};

/// Passing faults that hide behind statuses which otherwise last; the official SDKs repeat them, too.
constexpr std::array<const char *, 6> passingFaults{
    "ClusterNotReadyException",
    "RPC token bucket limit has been exceeded",
    "Please try again later or try a faster operation.",
    "does not have any associated worker environments",
    "There is no worker environment with id",
    "Unknown worker environment",
};

milliseconds backOff(int failures, const RetryPolicy &policy)
{
    const auto step = policy.retryStep.count();
    const auto jitter = step > 0 ? QRandomGenerator::global()->bounded(qint64(step) + 1) : 0;
    return milliseconds(std::min(10, failures) * step + jitter);
}

} // namespace

std::optional<milliseconds> readRetryAfter(const QByteArray &value)
{
    bool isNumber = false;
    const qint64 seconds = value.trimmed().toLongLong(&isNumber);
    if (isNumber) {
        if (seconds <= 0)
            return std::nullopt;
        return std::chrono::seconds(std::min<qint64>(seconds, std::numeric_limits<int>::max()));
    }
    // Qt reads RFC 2822 dates, which have an offset where HTTP has the letters.
    const QString date = QString::fromLatin1(value.trimmed()).replace(QStringLiteral("GMT"), QStringLiteral("+0000"));
    const QDateTime moment = QDateTime::fromString(date, Qt::RFC2822Date);
    const qint64 left = moment.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(moment) : 0;
    if (left <= 0)
        return std::nullopt;
    return milliseconds(left);
}

std::optional<milliseconds> waitBeforeRetry(const HttpResponse &response, bool isRead, int failures,
                                            const RetryPolicy &policy)
{
    if (response.failure != Failure::None) {
        const auto rule = std::ranges::find(rules, response.failure, &Rule::failure);
        if (rule == rules.end() || (rule->readsOnly && !isRead) || failures >= rule->attempts)
            return std::nullopt;
        return backOff(failures, policy);
    }
    if (response.status == 429 || response.status == 503)
        return readRetryAfter(response.retryAfter).value_or(policy.retryStep);
    const bool passing = response.status >= 400 && std::ranges::any_of(passingFaults, [&response](const char *fault) {
                             return response.body.contains(fault);
                         });
    return passing && isRead ? std::optional(backOff(failures, policy)) : std::nullopt;
}

} // namespace Databricks
