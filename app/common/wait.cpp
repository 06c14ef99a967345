#include "common/wait.h"

namespace Async {

Wait::Pointer Wait::create(QObject *needed, std::chrono::milliseconds limit, std::stop_token stop)
{
    return Pointer(new Wait(needed, limit, std::move(stop)));
}

Wait::Wait(QObject *needed, std::chrono::milliseconds limit, std::stop_token stop)
    // Queued: whoever requests the stop must not find the coroutine's rest running inside request_stop().
    : m_onStop(std::move(stop), [this] {
        QMetaObject::invokeMethod(
            this, [this] { end(End::Stopped); }, Qt::QueuedConnection);
    })
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(End::TimedOut); });
    connect(needed, &QObject::destroyed, this, [this] { end(End::Gone); });
    m_limit.start(limit);
}

void Wait::end(End end)
{
    m_limit.stop();
    // A copy, which outlives this object should the coroutine end with it.
    const OneShot<End> ended = m_ended;
    ended.resolve(end);
}

} // namespace Async
