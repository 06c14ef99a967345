#pragma once

#include "mcp/transport/server.h"

#include <QList>
#include <QString>

#include <coroutine>
#include <memory>
#include <utility>

/// Holds tools' coroutines until the test lets them go on. They go on at once, within open(). (A signal awaited with
/// QCoro 0.8 would not do: it is delivered later, and a second one in between reaches an awaiter that is gone.)
class Gate
{
public:
    QList<Mcp::ToolInvocation> entered;
    int left = 0;

    void open()
    {
        const QList<Wait *> waits = std::exchange(m_waits, {});
        for (Wait *wait : waits)
            wait->pass();
    }

    /// One coroutine at the gate.
    class Wait
    {
    public:
        explicit Wait(Gate *gate)
            : m_gate(gate)
        {}
        Q_DISABLE_COPY_MOVE(Wait)

        /// What is awaited; QCoro takes a copy of it.
        class Passage
        {
        public:
            explicit Passage(Wait *wait)
                : m_wait(wait)
            {}
            bool await_ready() const { return m_wait->m_isPassed; }
            void await_suspend(std::coroutine_handle<> coroutine)
            {
                m_wait->m_coroutine = coroutine;
                m_wait->m_gate->m_waits << m_wait;
            }
            void await_resume() const {}

        private:
            Wait *m_wait;
        };

        Passage passage() { return Passage(this); }

        void pass()
        {
            m_isPassed = true;
            m_gate->m_waits.removeOne(this);
            if (m_coroutine)
                std::exchange(m_coroutine, nullptr).resume();
        }

    private:
        Gate *m_gate;
        std::coroutine_handle<> m_coroutine;
        bool m_isPassed = false;
    };

private:
    QList<Wait *> m_waits;
};

/// A tool that waits at the gate, and passes it when it is asked to stop.
inline QCoro::Task<Mcp::ToolResult> waitAt(std::shared_ptr<Gate> gate, Mcp::ToolInvocation invocation)
{
    gate->entered << invocation;
    Gate::Wait wait(gate.get());
    const std::stop_callback onStop(invocation.stopToken(), [&wait] { wait.pass(); });
    co_await wait.passage();
    ++gate->left;
    const bool isStopped = invocation.stopToken().stop_requested();
    co_return Mcp::ToolResult(isStopped ? QStringLiteral("stopped") : QStringLiteral("done"));
}

/// A tool that does not care whether anybody wants it to stop.
inline QCoro::Task<Mcp::ToolResult> waitStubbornly(std::shared_ptr<Gate> gate, Mcp::ToolInvocation invocation)
{
    gate->entered << invocation;
    Gate::Wait wait(gate.get());
    co_await wait.passage();
    ++gate->left;
    co_return Mcp::ToolResult(QStringLiteral("done"));
}
