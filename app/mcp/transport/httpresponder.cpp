#include "mcp/transport/httpresponder.h"

#include <QCryptographicHash>

#include <utility>

namespace Mcp {

namespace {

class ElementResponder final : public Responder
{
public:
    explicit ElementResponder(std::shared_ptr<Batch> batch)
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

HttpResponder::HttpResponder(Http::ExchangePtr exchange)
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

void HttpResponder::send(const QByteArray &message, int status)
{
    const Http::ExchangePtr exchange = takeExchange();
    if (!exchange)
        return;
    if (!exchange->isStreaming()) {
        exchange->respond({.status = status, .contentType = "application/json", .body = message, .headers = m_headers});
        return;
    }
    exchange->sendEvent(message);
    exchange->endStream();
}

bool HttpResponder::notify(const QByteArray &message)
{
    if (!openStream())
        return false;
    m_exchange->sendEvent(message);
    return true;
}

void HttpResponder::drop()
{
    const Http::ExchangePtr exchange = takeExchange();
    if (!exchange)
        return;
    if (exchange->isStreaming())
        exchange->endStream();
    else
        acknowledge(exchange);
}

void HttpResponder::expectDelay()
{
    if (m_takesStream && m_exchange)
        m_patience.start();
}

void HttpResponder::handOutSession(const QByteArray &id)
{
    m_headers.emplaceBack(HeaderName::SessionId, id);
}

void HttpResponder::whenClientLeaves(std::function<void()> told)
{
    m_whenClientLeaves = std::move(told);
}

bool HttpResponder::openStream()
{
    if (!m_takesStream || !m_exchange || m_exchange->isFinished())
        return false;
    m_patience.stop();
    if (!m_exchange->isStreaming())
        m_exchange->beginStream();
    return true;
}

Http::ExchangePtr HttpResponder::takeExchange()
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

ResponderPtr Batch::responder()
{
    return std::make_shared<ElementResponder>(shared_from_this());
}

void Batch::add(const QByteArray &message)
{
    m_messages << message;
}

Peer peerOf(const Http::Exchange &exchange)
{
    const Http::RequestHead &head = exchange.request().head;
    const Peer peer{.connection = exchange.connectionId(),
                    .userAgent = head.header("User-Agent"),
                    .principal = QCryptographicHash::hash(head.header("Authorization"), QCryptographicHash::Sha256),
                    .keyName = head.keyName,
                    .answers = findAnswerForm(head.query().queryItemValue(QStringLiteral("answers")))};
    return peer.inSession(head.header(HeaderName::SessionId));
}

RequestHeaders requestHeaders(const Http::RequestHead &head)
{
    return {.httpMethod = head.method,
            .protocolVersion = head.header(HeaderName::ProtocolVersion),
            .method = head.header(HeaderName::Method),
            .name = head.header(HeaderName::Name)};
}

} // namespace Mcp
