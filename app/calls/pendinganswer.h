#pragma once

#include "calls/calllog.h"

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace Calls {

/// One question to the person: awaited by one coroutine, resolved once. Resolving runs the coroutine on at once.
class PendingAnswer
{
public:
    void resolve(CallLog::Answer answer)
    {
        if (m_answer)
            return;
        m_answer = answer;
        if (const auto waiting = std::exchange(m_waiting, nullptr))
            waiting.resume();
    }

private:
    friend class AnswerAwaiter;

    std::optional<CallLog::Answer> m_answer;
    std::coroutine_handle<> m_waiting;
};

/// What a coroutine awaits. Apart from the question because g++ 12 copies what await_transform passes through.
class AnswerAwaiter
{
public:
    explicit AnswerAwaiter(std::shared_ptr<PendingAnswer> question)
        : m_question(std::move(question))
    {}

    bool await_ready() const { return m_question->m_answer.has_value(); }
    void await_suspend(std::coroutine_handle<> waiting) { m_question->m_waiting = waiting; }
    CallLog::Answer await_resume() const { return *m_question->m_answer; }

private:
    std::shared_ptr<PendingAnswer> m_question;
};

} // namespace Calls
