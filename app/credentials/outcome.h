#pragma once

#include <QCoreApplication>
#include <QMetaObject>

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace Credentials {

/// The one result of something that reports by callback, for a coroutine to await. Copies share it. The first report
/// counts (KWallet's delete job reports twice), and the coroutine goes on from the event loop, not from inside the
/// library that reported.
template<typename T>
class Outcome
{
public:
    void report(T result) const
    {
        if (m_state->result)
            return;
        m_state->result = std::move(result);
        if (m_state->waiting)
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [waiting = m_state->waiting] { waiting.resume(); }, Qt::QueuedConnection);
    }

    bool await_ready() const { return m_state->result.has_value(); }
    void await_suspend(std::coroutine_handle<> waiting) const { m_state->waiting = waiting; }
    T await_resume() const { return *m_state->result; }

private:
    struct State
    {
        std::optional<T> result;
        std::coroutine_handle<> waiting;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace Credentials
