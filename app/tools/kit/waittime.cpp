#include "tools/kit/waittime.h"

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

} // namespace Tools
