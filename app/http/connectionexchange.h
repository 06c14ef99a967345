#pragma once

#include "http/exchange.h"

#include <QPointer>
#include <QTimer>

#include <chrono>

namespace Http {

/// What an exchange does to the connection it is on: either a whole reply, or a stream that ends with endStream() or
/// drop().
class ReplyChannel : public QObject
{
public:
    using QObject::QObject;

    /// Names the connection as Exchange::connectionId() says.
    virtual quint64 id() const = 0;
    virtual void sendReply(const Reply &reply) = 0;

    virtual void beginStream() = 0;
    virtual void sendPiece(const QByteArray &bytes) = 0;
    virtual void endStream() = 0;
    /// True when the client has left more than the limit unread. Finding out may show that it is gone.
    virtual bool isFarBehind() = 0;

    /// Ends the connection in the middle of an answer, so that the client can tell that it is not whole.
    virtual void drop() = 0;
};

/// The exchange on a connection. It lets go of the channel when its answer is complete or the client has left, so
/// whoever keeps it longer keeps only values.
class ConnectionExchange final : public Exchange
{
    Q_OBJECT

public:
    /// The shared pointer deletes through the event loop: the last one may go inside a slot of clientLeft().
    static std::shared_ptr<ConnectionExchange> create(ReplyChannel *channel, Request request,
                                                      std::chrono::milliseconds keepAliveComment);

    const Request &request() const override { return m_request; }
    void respond(Reply reply) override;
    void abort() override;
    void beginStream() override;
    void sendEvent(const QByteArray &data) override;
    void endStream() override;
    bool isFinished() const override { return !m_channel; }
    bool isStreaming() const override { return m_channel && m_streaming; }
    quint64 connectionId() const override { return m_connectionId; }

    /// The connection is gone.
    void leave();

private:
    ConnectionExchange(ReplyChannel *channel, Request request, std::chrono::milliseconds keepAliveComment);

    void abandon();
    void send(const QByteArray &bytes);

    QPointer<ReplyChannel> m_channel;
    const quint64 m_connectionId;
    const Request m_request;
    QTimer m_comments;
    bool m_streaming = false;
    bool m_sending = false;
};

} // namespace Http
