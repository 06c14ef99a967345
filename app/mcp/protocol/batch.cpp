#include "mcp/protocol/batch.h"

#include <utility>

namespace Mcp {

namespace {

class ElementAnswer final : public Answer
{
public:
    explicit ElementAnswer(std::shared_ptr<Batch> batch)
        : m_batch(std::move(batch))
    {}

    void send(const QByteArray &message, int) override
    {
        if (const auto batch = std::exchange(m_batch, nullptr))
            batch->add(message);
    }
    bool notify(const QByteArray &) override { return false; }
    void drop() override { m_batch.reset(); }

private:
    std::shared_ptr<Batch> m_batch; ///< null once the answer is there; who lets go last sends the array
};

} // namespace

Batch::Batch(Http::ExchangePtr exchange)
    : m_exchange(std::move(exchange))
{}

Batch::~Batch()
{
    if (m_exchange->isFinished())
        return;
    if (m_messages.isEmpty())
        acknowledge(m_exchange);
    else
        m_exchange->respond(
            {.status = 200, .contentType = "application/json", .body = '[' + m_messages.join(',') + ']'});
}

AnswerPtr Batch::answer()
{
    return std::make_shared<ElementAnswer>(shared_from_this());
}

void Batch::add(const QByteArray &message)
{
    m_messages << message;
}

} // namespace Mcp
