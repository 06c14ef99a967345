#pragma once

#include "http/answer.h"
#include "http/exchange.h"

#include <QPointer>
#include <QTimer>

namespace Http {

class Connection;

/// The exchange on a Connection. It lets go of the connection when its answer is complete or the client has left, so
/// whoever keeps it longer keeps only values.
class ConnectionExchange final : public Exchange
{
    Q_OBJECT

public:
    /// What the answer has to know of the connection it goes to.
    struct Terms
    {
        AnswerForm form;
        qint64 unsentBytes = 0;
        std::chrono::milliseconds keepAliveComment{};
    };

    /// The shared pointer deletes through the event loop: the last one may go inside a slot of clientLeft().
    static std::shared_ptr<ConnectionExchange> create(Connection *connection, Request request, Terms terms);

    const Request &request() const override { return m_request; }
    void respond(Reply reply) override;
    void abort() override;
    void beginStream() override;
    void sendEvent(const QByteArray &data) override;
    void endStream() override;
    bool isFinished() const override { return !m_connection; }
    bool isStreaming() const override { return m_connection && m_streaming; }
    quint64 connectionId() const override { return m_connectionId; }

    /// The connection is gone.
    void leave();

private:
    ConnectionExchange(Connection *connection, Request request, Terms terms);

    void abandon();
    void send(const QByteArray &bytes);
    AnswerForm form() const;

    QPointer<Connection> m_connection;
    const quint64 m_connectionId;
    const Request m_request;
    const Terms m_terms;
    QTimer m_comments;
    bool m_streaming = false;
    bool m_sending = false;
};

} // namespace Http
