#pragma once

#include <QCoreApplication>
#include <QMetaObject>

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace Async {

/// A result that comes once, for one coroutine to co_await. Copies share it, and only the first result counts: some
/// libraries report twice.
template<typename T>
class OneShot
{
public:
    /// The coroutine goes on at once, inside this call.
    void resolve(T result) const
    {
        if (const auto waiting = settle(std::move(result)))
            waiting.resume();
    }

    /// The coroutine goes on from the event loop, not inside the library that reports.
    void resolveQueued(T result) const
    {
        if (const auto waiting = settle(std::move(result)))
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [waiting] { waiting.resume(); }, Qt::QueuedConnection);
    }

    bool isResolved() const { return m_state->result.has_value(); }

    bool await_ready() const { return isResolved(); }
    void await_suspend(std::coroutine_handle<> waiting) const { m_state->waiting = waiting; }
    T await_resume() const { return *m_state->result; }

private:
    struct State
    {
        std::optional<T> result;
        std::coroutine_handle<> waiting;
    };

    std::coroutine_handle<> settle(T result) const
    {
        if (m_state->result)
            return nullptr;
        m_state->result = std::move(result);
        return std::exchange(m_state->waiting, nullptr);
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace Async
