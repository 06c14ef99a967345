#pragma once

#include "databricks/apierror.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <optional>

/// What became of a task: its value or its ApiError. QCoro::waitFor() never returns from a task that throws.
template<typename T>
class Outcome
{
public:
    explicit Outcome(QCoro::Task<T> task) { observe(std::move(task), m_state); }

    bool isDone() const { return m_state->value || m_state->error; }
    /// Runs the event loop until the task has ended; fails the test after the time.
    Outcome &wait(int ms = 5000)
    {
        if (!QTest::qWaitFor([this] { return isDone(); }, ms))
            QTest::qFail("the task did not end in time", __FILE__, __LINE__);
        return *this;
    }

    bool hasValue() const { return m_state->value.has_value(); }
    bool hasError() const { return m_state->error.has_value(); }
    T value() const { return m_state->value.value_or(T()); }
    Databricks::ApiError error() const
    {
        using Databricks::ApiError;
        return m_state->error.value_or(ApiError(ApiError::Kind::ServerFault, QStringLiteral("(no error)")));
    }

private:
    struct State
    {
        std::optional<T> value;
        std::optional<Databricks::ApiError> error;
    };

    static QCoro::Task<void> observe(QCoro::Task<T> task, std::shared_ptr<State> state)
    {
        try {
            T value = co_await task;
            state->value = std::move(value);
        } catch (const Databricks::ApiError &error) {
            state->error = error;
        }
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// Starts a task and waits for its end.
template<typename T>
Outcome<T> outcomeOf(QCoro::Task<T> task, int ms = 5000)
{
    Outcome<T> outcome(std::move(task));
    outcome.wait(ms);
    return outcome;
}
