#include "http/connectionexchange.h"

#include "http/connection.h"

#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace Http {

std::shared_ptr<ConnectionExchange> ConnectionExchange::create(Connection *connection, Request request, Terms terms)
{
    return {new ConnectionExchange(connection, std::move(request), terms), [](ConnectionExchange *exchange) {
                exchange->abandon();
                exchange->deleteLater();
            }};
}

ConnectionExchange::ConnectionExchange(Connection *connection, Request request, Terms terms)
    : m_connection(connection)
    , m_connectionId(connection->id())
    , m_request(std::move(request))
    , m_terms(terms)
{
    m_comments.setInterval(m_terms.keepAliveComment);
    connect(&m_comments, &QTimer::timeout, this, [this] { send(commentBytes()); });
}

void ConnectionExchange::respond(Reply reply)
{
    Q_ASSERT_X(!isStreaming(), "Http::Exchange::respond", "the answer has begun as a stream");
    if (isFinished() || m_streaming)
        return;
    if (reply.announcedLength >= 0)
        m_connection->endAfterAnswer();
    const QByteArray answer = answerBytes(reply, form());
    Connection *connection = std::exchange(m_connection, nullptr);
    connection->write(answer);
    connection->answered();
}

void ConnectionExchange::abort()
{
    m_comments.stop();
    if (Connection *connection = std::exchange(m_connection, nullptr))
        connection->drop();
}

void ConnectionExchange::beginStream()
{
    Q_ASSERT_X(!isStreaming(), "Http::Exchange::beginStream", "the stream has begun already");
    if (isFinished() || m_streaming)
        return;
    m_streaming = true;
    m_connection->write(streamHead(form()));
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
    Connection *connection = std::exchange(m_connection, nullptr);
    if (m_terms.form.isChunked && !m_terms.form.withoutBody)
        connection->write(chunkBytes({}));
    connection->answered();
}

void ConnectionExchange::send(const QByteArray &bytes)
{
    if (!isStreaming() || m_terms.form.withoutBody)
        return;
    // Asked before the write: one large event is no lag.
    const QScopedValueRollback sending(m_sending, true);
    const qint64 unsent = m_connection->unsentBytes();
    if (!m_connection) // the flush found the client gone
        return;
    if (unsent > m_terms.unsentBytes) {
        const QPointer<Connection> connection = m_connection;
        leave();
        connection->drop();
        return;
    }
    m_connection->write(m_terms.form.isChunked ? chunkBytes(bytes) : bytes);
    m_comments.start();
}

void ConnectionExchange::leave()
{
    m_comments.stop();
    if (!std::exchange(m_connection, nullptr))
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

AnswerForm ConnectionExchange::form() const
{
    AnswerForm form = m_terms.form;
    form.closes = !m_connection->keepsAlive();
    return form;
}

} // namespace Http
