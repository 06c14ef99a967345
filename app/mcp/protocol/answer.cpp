#include "mcp/protocol/answer.h"

#include <utility>

namespace Mcp {

ExchangeAnswer::ExchangeAnswer(Http::ExchangePtr exchange)
    : m_exchange(std::move(exchange))
    // Only a client that names event streams understands them; "*/*" is what tools like curl say of everything.
    , m_takesStream(m_exchange->request().head.header("Accept").toLower().contains("text/event-stream"))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    QObject::connect(&m_patience, &QTimer::timeout, &m_patience, [this] { openStream(); });
    QObject::connect(m_exchange.get(), &Http::Exchange::clientLeft, &m_patience, [this] {
        // A copy: what it does may be the end of this.
        if (const auto told = m_whenClientLeaves)
            told();
    });
}

void ExchangeAnswer::send(const QByteArray &message, int status)
{
    const Http::ExchangePtr exchange = takeExchange();
    if (!exchange)
        return;
    if (!exchange->isStreaming()) {
        exchange->respond({.status = status, .contentType = "application/json", .body = message});
        return;
    }
    exchange->sendEvent(message);
    exchange->endStream();
}

bool ExchangeAnswer::notify(const QByteArray &message)
{
    if (!openStream())
        return false;
    m_exchange->sendEvent(message);
    return true;
}

void ExchangeAnswer::drop()
{
    const Http::ExchangePtr exchange = takeExchange();
    if (!exchange)
        return;
    if (exchange->isStreaming())
        exchange->endStream();
    else
        acknowledge(exchange);
}

void ExchangeAnswer::expectDelay()
{
    if (m_takesStream && m_exchange)
        m_patience.start();
}

void ExchangeAnswer::whenClientLeaves(std::function<void()> told)
{
    m_whenClientLeaves = std::move(told);
}

bool ExchangeAnswer::openStream()
{
    if (!m_takesStream || !m_exchange || m_exchange->isFinished())
        return false;
    m_patience.stop();
    if (!m_exchange->isStreaming())
        m_exchange->beginStream();
    return true;
}

Http::ExchangePtr ExchangeAnswer::takeExchange()
{
    m_patience.stop();
    m_whenClientLeaves = nullptr;
    Http::ExchangePtr exchange = std::exchange(m_exchange, nullptr);
    return exchange && !exchange->isFinished() ? exchange : nullptr;
}

void acknowledge(const Http::ExchangePtr &exchange)
{
    exchange->respond({.status = 202, .contentType = {}, .body = {}});
}

} // namespace Mcp
