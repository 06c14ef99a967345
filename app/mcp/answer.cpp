#include "mcp/answer.h"

#include <utility>

namespace Mcp {

ExchangeAnswer::ExchangeAnswer(Http::ExchangePtr exchange)
    : m_exchange(std::move(exchange))
    // Only a client that names event streams understands them; "*/*" is what tools like curl say of everything.
    , m_takesStream(m_exchange->request().head.header("Accept").toLower().contains("text/event-stream"))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    QObject::connect(&m_patience, &QTimer::timeout, &m_patience, [this] { beginStream(); });
}

void ExchangeAnswer::send(const QByteArray &message)
{
    const Http::ExchangePtr exchange = takeExchange();
    if (!exchange)
        return;
    if (!exchange->isStreaming()) {
        exchange->respond({.status = 200, .contentType = "application/json", .body = message});
        return;
    }
    exchange->sendEvent(message);
    exchange->endStream();
}

void ExchangeAnswer::notify(const QByteArray &message)
{
    if (beginStream())
        m_exchange->sendEvent(message);
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

bool ExchangeAnswer::beginStream()
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
    Http::ExchangePtr exchange = std::exchange(m_exchange, nullptr);
    return exchange && !exchange->isFinished() ? exchange : nullptr;
}

void acknowledge(const Http::ExchangePtr &exchange)
{
    exchange->respond({.status = 202, .contentType = {}, .body = {}});
}

} // namespace Mcp
