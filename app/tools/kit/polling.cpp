#include "tools/kit/polling.h"

#include <algorithm>

namespace Tools {

WaitTime::WaitTime(const ToolCall &call, std::chrono::milliseconds longest)
    : m_whole(std::min(longest, call.timeLeft()))
    , m_end(m_whole)
{}

void WaitTime::tell(const ToolCall &call, const QString &words) const
{
    const std::chrono::duration<double> whole = m_whole;
    const std::chrono::duration<double> over = m_whole - left();
    call.progress(over.count(), whole.count(), words);
}

QCoro::Task<QJsonObject> poll(ToolCall call, WaitTime time, Pauses pauses, Look look, UnderWay underWay,
                              QJsonObject known)
{
    QJsonObject last = known;
    if (last.isEmpty())
        last = co_await look();
    std::chrono::milliseconds pause = pauses.first;
    while (true) {
        const std::optional<QString> words = underWay(last);
        if (!words || !time.has(pauses.least))
            break;
        time.tell(call, *words);
        co_await call.workspace().pause(std::min(pause, time.left()));
        pause = std::min(pause * 2, pauses.longest);
        last = co_await look();
    }
    const QJsonObject reached = last;
    co_return reached;
}

} // namespace Tools
