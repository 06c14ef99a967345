#include "databricks/waiting.h"

#include <utility>

namespace Databricks {

Waiting::Pointer Waiting::create(QObject *network, std::chrono::milliseconds limit, std::stop_token stop)
{
    return Pointer(new Waiting(network, limit, std::move(stop)));
}

Waiting::Waiting(QObject *network, std::chrono::milliseconds limit, std::stop_token stop)
    // Queued: whoever requests the stop must not find the coroutine's rest running inside request_stop().
    : m_onStop(std::move(stop), [this] {
        QMetaObject::invokeMethod(
            this, [this] { end(End::Stopped); }, Qt::QueuedConnection);
    })
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(End::TimedOut); });
    connect(network, &QObject::destroyed, this, [this] { end(End::Gone); });
    m_limit.start(limit);
}

void Waiting::end(End end)
{
    if (m_ended)
        return;
    m_ended = true;
    m_end = end;
    m_limit.stop();
    if (const auto coroutine = std::exchange(m_coroutine, nullptr))
        coroutine.resume();
}

} // namespace Databricks
