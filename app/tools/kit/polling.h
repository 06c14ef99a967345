#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QJsonObject>

#include <chrono>
#include <functional>
#include <optional>

namespace Tools {

/// The time in which a call waits for what it began: as long as wanted, but not past the moment at which its client
/// should have an answer.
class WaitTime
{
public:
    explicit WaitTime(const ToolCall &call, std::chrono::milliseconds longest = std::chrono::milliseconds::max());

    std::chrono::milliseconds left() const { return std::chrono::milliseconds(m_end.remainingTime()); }
    /// Another look after this pause would still come in time.
    bool has(std::chrono::milliseconds pause) const { return left() >= pause; }
    /// Progress of what says nothing of its own: how much of the time is over.
    void tell(const ToolCall &call, const QString &words) const;

private:
    std::chrono::milliseconds m_whole;
    QDeadlineTimer m_end;
};

/// The pauses between two looks at work that takes long: each twice as long as the one before.
struct Pauses
{
    std::chrono::milliseconds first;
    std::chrono::milliseconds longest;
    std::chrono::milliseconds least = first; ///< with less time left there is no further look
};

/// For what takes minutes.
inline constexpr Pauses LongWork{.first = std::chrono::seconds(2), .longest = std::chrono::seconds(2)};

/// Reads how the work stands.
using Look = std::function<QCoro::Task<QJsonObject>()>;
/// What the work is doing, in words for the progress; nothing when it is over.
using UnderWay = std::function<std::optional<QString>(const QJsonObject &)>;

/// Looks at the work until it is over, or the time is; returns how it stood at the last look. known: the first look was
/// taken already. Throws ApiError: what a look throws, and Cancelled as soon as the call is stopped.
QCoro::Task<QJsonObject> poll(ToolCall call, WaitTime time, Pauses pauses, Look look, UnderWay underWay,
                              QJsonObject known = {});

} // namespace Tools
