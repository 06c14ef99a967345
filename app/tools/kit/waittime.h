#pragma once

#include "tools/kit/toolcall.h"

#include <QDeadlineTimer>

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

} // namespace Tools
