#include "databricks/retry.h"

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

milliseconds backOff(int failures, const Patience &patience)
{
    const auto step = patience.retryStep.count();
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

std::optional<milliseconds> waitBeforeRetry(const Answer &answer, bool isRead, int failures, const Patience &patience)
{
    if (answer.failure != Failure::None) {
        const auto rule = std::ranges::find(rules, answer.failure, &Rule::failure);
        if (rule == rules.end() || (rule->readsOnly && !isRead) || failures >= rule->attempts)
            return std::nullopt;
        return backOff(failures, patience);
    }
    if (answer.status == 429 || answer.status == 503)
        return readRetryAfter(answer.retryAfter).value_or(patience.retryStep);
    const bool passing = answer.status >= 400 && std::ranges::any_of(passingFaults, [&answer](const char *fault) {
                             return answer.body.contains(fault);
                         });
    return passing && isRead ? std::optional(backOff(failures, patience)) : std::nullopt;
}

} // namespace Databricks
