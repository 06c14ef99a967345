#pragma once

#include "http/exchange.h"

#include <QByteArray>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace Mcp {

/// The way back for one request. Takes exactly one final message, or is dropped; all that comes later is ignored.
class Answer
{
public:
    Answer() = default;
    virtual ~Answer() = default;
    Q_DISABLE_COPY_MOVE(Answer)

    /// Sends the final message, under an HTTP status where there is still a choice.
    virtual void send(const QByteArray &message, int status = 200) = 0;
    /// Sends a message that belongs to the request and comes before the final one. False where the way back does not
    /// allow it.
    virtual bool notify(const QByteArray &message) = 0;
    /// Ends without a final message: the request was cancelled.
    virtual void drop() = 0;
    /// The work may take its time: a client should not be left without a sign of life.
    virtual void expectDelay() {}
    /// Begins an event stream at once. False where the client takes none.
    virtual bool openStream() { return false; }
    /// Whom to tell when the client leaves before the answer is complete. One at a time.
    virtual void whenClientLeaves(std::function<void()>) {}
};

using AnswerPtr = std::shared_ptr<Answer>;

/// Answers with JSON, or on an event stream where the client takes one and the answer is not there at once.
class ExchangeAnswer final : public Answer
{
public:
    /// How long a client waits before the stream begins: on a busy machine, too, it has the first byte in two seconds.
    static constexpr std::chrono::milliseconds Patience = std::chrono::seconds(1);

    explicit ExchangeAnswer(Http::ExchangePtr exchange);

    void send(const QByteArray &message, int status) override;
    bool notify(const QByteArray &message) override;
    void drop() override;
    void expectDelay() override;
    bool openStream() override;
    void whenClientLeaves(std::function<void()> told) override;

private:
    Http::ExchangePtr takeExchange();

    Http::ExchangePtr m_exchange; ///< null once the answer is complete
    bool m_takesStream = false;
    QTimer m_patience;
    std::function<void()> m_whenClientLeaves;
};

/// The answer to what needs none (notifications, responses): 202 without a body.
void acknowledge(const Http::ExchangePtr &exchange);

} // namespace Mcp
