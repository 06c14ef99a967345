#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <stop_token>

namespace Databricks {

/// One coroutine's wait for whichever comes first: wake(), the time limit, a stop request, the end of the network
/// access manager. A plain QCoro await would hang for ever on the last, and cannot tell the others apart: on Qt 6.4 an
/// aborted and a timed-out reply have the same error code.
class Waiting final : public QObject
{
public:
    enum class End { Woken, TimedOut, Stopped, Gone };

    struct DeleteLater
    {
        void operator()(Waiting *waiting) const { waiting->deleteLater(); }
    };
    /// Ends may arrive from inside this object's own slots, so it is never deleted there and then.
    using Pointer = std::unique_ptr<Waiting, DeleteLater>;

    static Pointer create(QObject *network, std::chrono::milliseconds limit, std::stop_token stop);

    void wake() { end(End::Woken); }

    /// What to co_await. The coroutine goes on inside whatever ended the wait.
    class Awaiter
    {
    public:
        explicit Awaiter(Waiting *waiting)
            : m_waiting(waiting)
        {}
        bool await_ready() const noexcept { return m_waiting->m_ended; }
        void await_suspend(std::coroutine_handle<> coroutine) noexcept { m_waiting->m_coroutine = coroutine; }
        End await_resume() const noexcept { return m_waiting->m_end; }

    private:
        Waiting *m_waiting;
    };
    Awaiter ended() { return Awaiter(this); }

private:
    Waiting(QObject *network, std::chrono::milliseconds limit, std::stop_token stop);
    void end(End end);

    QTimer m_limit;
    std::coroutine_handle<> m_coroutine;
    End m_end = End::Woken;
    bool m_ended = false;
    // Last, so that it is gone before what it touches; its destructor waits for a callback on another thread.
    std::stop_callback<std::function<void()>> m_onStop;
};

} // namespace Databricks
