#pragma once

#include "common/oneshot.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace Async {

/// One coroutine's wait for whichever comes first: a signal, the time limit, a stop request, the end of an object.
/// qCoro(object, signal, timeout) does not see the last two: a coroutine that awaits it hangs for ever when its object
/// goes.
class Wait final : public QObject
{
public:
    enum class End { Woken, TimedOut, Stopped, Gone };

    struct DeleteLater
    {
        void operator()(Wait *wait) const { wait->deleteLater(); }
    };
    /// Ends may arrive from inside this object's own slots, so it is never deleted there and then.
    using Pointer = std::unique_ptr<Wait, DeleteLater>;

    static Pointer create(QObject *needed, std::chrono::milliseconds limit, std::stop_token stop);

    void wake() { end(End::Woken); }

    /// The signal wakes the coroutine.
    template<typename Sender, typename Signal>
    void wakeOn(Sender *sender, Signal signal)
    {
        connect(sender, signal, this, [this] { wake(); });
    }

    /// What to co_await. The coroutine goes on inside whatever ended the wait.
    OneShot<End> ended() const { return m_ended; }

private:
    Wait(QObject *needed, std::chrono::milliseconds limit, std::stop_token stop);
    void end(End end);

    QTimer m_limit;
    OneShot<End> m_ended;
    // Last, so that it is gone before what it touches; its destructor waits for a callback on another thread.
    std::stop_callback<std::function<void()>> m_onStop;
};

} // namespace Async
