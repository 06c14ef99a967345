#pragma once

#include "http/exchange.h"
#include "mcp/methods/peers.h"
#include "mcp/methods/reply.h"
#include "mcp/protocol/classify.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace Mcp {

/// Answers with JSON, or on an event stream where the client takes one and the answer is not there at once.
class HttpResponder final : public Responder
{
public:
    /// How long a client waits before the stream begins: on a busy machine, too, it has the first byte in two seconds.
    static constexpr std::chrono::milliseconds Patience = std::chrono::seconds(1);

    explicit HttpResponder(Http::ExchangePtr exchange);

    void send(const QByteArray &message, int status) override;
    bool notify(const QByteArray &message) override;
    void drop() override;
    void expectDelay() override;
    bool openStream() override;
    void handOutSession(const QByteArray &id) override;
    void whenClientLeaves(std::function<void()> told) override;

private:
    Http::ExchangePtr takeExchange();

    Http::ExchangePtr m_exchange; ///< null once the answer is complete
    bool m_takesStream = false;
    Http::Headers m_headers; ///< of an answer that is no stream
    QTimer m_patience;
    std::function<void()> m_whenClientLeaves;
};

/// The answer to what needs none (notifications, responses): 202 without a body.
void acknowledge(const Http::ExchangePtr &exchange);

/// The answers to the requests of one array, which go back together when the last is there (2025-03-26,
/// basic/transports). Without any, the array is acknowledged with 202.
class Batch : public std::enable_shared_from_this<Batch>
{
public:
    explicit Batch(Http::ExchangePtr exchange);
    ~Batch();
    Q_DISABLE_COPY_MOVE(Batch)

    /// The way back for one request of the array.
    ResponderPtr responder();
    void add(const QByteArray &message);

private:
    Http::ExchangePtr m_exchange;
    QByteArrayList m_messages;
};

/// Who sends it.
Peer peerOf(const Http::Exchange &exchange);

/// What classification needs of a request's head.
RequestHeaders requestHeaders(const Http::RequestHead &head);

} // namespace Mcp
