#include "stdio/retrytimer.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Stdio {

namespace {

constexpr std::chrono::milliseconds ShortestPause = 500ms;
constexpr std::chrono::milliseconds LongestPause = 30s;

} // namespace

RetryTimer::RetryTimer(QObject *parent)
    : QTimer(parent)
    , m_pause(ShortestPause)
{
    setSingleShot(true);
}

void RetryTimer::retry()
{
    start(m_pause);
    m_pause = std::min(m_pause * 2, LongestPause);
}

void RetryTimer::reset()
{
    m_pause = ShortestPause;
}

} // namespace Stdio
