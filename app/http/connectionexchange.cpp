#include "connectionexchange.h"

#include "http/wire.h"

#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace Http {

std::shared_ptr<ConnectionExchange> ConnectionExchange::create(ReplyChannel *channel, Request request,
                                                               std::chrono::milliseconds keepAliveComment)
{
    return {new ConnectionExchange(channel, std::move(request), keepAliveComment), [](ConnectionExchange *exchange) {
                exchange->abandon();
                exchange->deleteLater();
            }};
}

ConnectionExchange::ConnectionExchange(ReplyChannel *channel, Request request,
                                       std::chrono::milliseconds keepAliveComment)
    : m_channel(channel)
    , m_connectionId(channel->id())
    , m_request(std::move(request))
{
    m_comments.setInterval(keepAliveComment);
    connect(&m_comments, &QTimer::timeout, this, [this] { send(commentBytes()); });
}

void ConnectionExchange::respond(Reply reply)
{
    Q_ASSERT_X(!isStreaming(), "Http::Exchange::respond", "the answer has begun as a stream");
    if (!isFinished() && !m_streaming)
        std::exchange(m_channel, nullptr)->sendReply(reply);
}

void ConnectionExchange::abort()
{
    m_comments.stop();
    if (ReplyChannel *channel = std::exchange(m_channel, nullptr))
        channel->drop();
}

void ConnectionExchange::beginStream()
{
    Q_ASSERT_X(!isStreaming(), "Http::Exchange::beginStream", "the stream has begun already");
    if (isFinished() || m_streaming)
        return;
    m_streaming = true;
    m_channel->beginStream();
    send(commentBytes());
}

void ConnectionExchange::sendEvent(const QByteArray &data)
{
    Q_ASSERT_X(isFinished() || m_streaming, "Http::Exchange::sendEvent", "there is no stream");
    if (isStreaming())
        send(eventBytes(data));
}

void ConnectionExchange::endStream()
{
    Q_ASSERT_X(isFinished() || m_streaming, "Http::Exchange::endStream", "there is no stream");
    if (!isStreaming())
        return;
    m_comments.stop();
    std::exchange(m_channel, nullptr)->endStream();
}

void ConnectionExchange::send(const QByteArray &bytes)
{
    if (!isStreaming())
        return;
    // Asked before the write: one large event is no lag.
    const QScopedValueRollback sending(m_sending, true);
    const bool isFarBehind = m_channel->isFarBehind();
    if (!m_channel) // the question found the client gone
        return;
    if (isFarBehind) {
        const QPointer<ReplyChannel> channel = m_channel;
        leave();
        channel->drop();
        return;
    }
    m_channel->sendPiece(bytes);
    m_comments.start();
}

void ConnectionExchange::leave()
{
    m_comments.stop();
    if (!std::exchange(m_channel, nullptr))
        return;
    if (m_sending) // later, since the sender is in the middle of its work
        QMetaObject::invokeMethod(this, &Exchange::clientLeft, Qt::QueuedConnection);
    else
        Q_EMIT clientLeft();
}

void ConnectionExchange::abandon()
{
    if (isStreaming())
        abort();
    else if (!isFinished())
        respond(Refusal{.status = 500, .reason = u"The request was given up without an answer."_s}.reply());
}

} // namespace Http
