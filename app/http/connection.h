#pragma once

#include "http/chunkcounter.h"
#include "http/endpoint.h"
#include "http/headparser.h"
#include "http/headreader.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QTcpSocket;

namespace Http {

class ConnectionExchange;

/// Stands guard on a connection. It sees the bytes of a request before QtHttpServer does, and QtHttpServer gets to see
/// only what is strict HTTP, within the limits and admitted; the rest is answered and discarded here. It knows whether
/// a request is under way, and ends the connection.
///
/// A child of its socket. Must be created before QtHttpServer learns of the socket, so that its slots run first.
class Connection : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Connection)

public:
    Connection(QTcpSocket *socket, Endpoint &endpoint);
    ~Connection() override;

    quint64 id() const { return m_id; }
    const QHostAddress &peer() const { return m_origin.peer; }
    quint16 peerPort() const { return m_origin.peerPort; }
    bool isTurnedAway() const { return m_turnedAway; }

    /// Answers that the server is full, and closes.
    void turnAway();
    /// Hands the request that was let through to the handler. The body is QtHttpServer's.
    void dispatch(const QByteArray &body);
    /// Closes at once; an exchange under way sees clientLeft().
    void close();

    /// For the exchange under way, which alone writes until it calls answered() or drop().
    void write(const QByteArray &bytes);
    /// What the client has not taken yet, in bytes.
    qint64 unsentBytes();
    bool keepsAlive() const { return m_keepsAlive; }
    void endAfterAnswer() { m_keepsAlive = false; }
    /// The answer is written: on to the next request, or to the end.
    void answered();
    /// Ends the connection in the middle of an answer, so that the client can tell that it is not whole.
    void drop();

private:
    enum class State { ReadingHead, ReadingBody, HandingOver, Answering, Closing };

    void onReadyRead();
    void onBytesWritten();
    void onDisconnected();
    void onTimeout();

    std::optional<Refusal> readRequest(QByteArrayView &bytes);
    std::optional<Refusal> readHead(QByteArrayView &bytes);
    std::optional<Refusal> readBody(QByteArrayView &bytes);
    std::optional<Refusal> readChunks(QByteArrayView &bytes);
    std::optional<Refusal> admit();
    void awaitRequest();
    void refuse(const Refusal &refusal);
    void discardInput();
    void closeGracefully();
    void continueClosing();
    void sayEnd();

    QTcpSocket *const m_socket;
    Endpoint &m_endpoint;
    const quint64 m_id;
    RequestHead m_origin; ///< an empty head with the addresses
    State m_state = State::ReadingHead;
    QTimer m_timer;

    HeadReader m_headReader;
    IncomingHead m_incoming;
    qint64 m_bodyLeft = 0;
    ChunkCounter m_chunks;

    QPointer<ConnectionExchange> m_exchange;
    bool m_keepsAlive = true;
    bool m_turnedAway = false;
    bool m_hasServed = false; ///< a request was admitted: it is not there only to take a place
    bool m_endIsSaid = false;
    qint64 m_discarded = 0;
    qint64 m_awaitedInput = 0; ///< what a refused client still sends of its request, in bytes
};

} // namespace Http
