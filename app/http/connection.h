#pragma once

#include "http/connectionexchange.h"
#include "http/requestreader.h"
#include "http/wire.h"

#include <QDeadlineTimer>
#include <QList>
#include <QPointer>
#include <QTimer>

class QTcpSocket;

namespace Http {

class Connection;

/// What all connections of a server share. It outlives them.
struct Endpoint
{
    Limits limits;
    Admission admission;
    Handler handler;
    std::function<void(const RequestHead &, const Refusal &)> refused;

    QList<Connection *> connections = {}; ///< the open ones; each adds and removes itself
    quint64 lastConnectionId = 0;

    /// Connections that are served, without those that are being turned away.
    int servedConnections() const;
    /// Makes room for a new connection among those that have shown nothing so far: ends the oldest of them, where they
    /// are too many or all places are taken.
    void makeRoom();
    Connection *find(const QHostAddress &peer, quint16 peerPort) const;
};

/// Sends one whole reply. QtHttpServer's responder, whose type only the adapter knows.
class Responder
{
    Q_DISABLE_COPY_MOVE(Responder)

public:
    virtual ~Responder() = default;
    /// Adds a Content-Length.
    virtual void write(int status, const Headers &headers, const QByteArray &body) = 0;

protected:
    Responder() = default;
};

/// Stands guard on a connection. It sees the bytes of a request before QtHttpServer does, and QtHttpServer gets to see
/// only what is strict HTTP, within the limits and admitted; the rest is answered and discarded here. It knows whether
/// a request is under way, and ends the connection.
///
/// A child of its socket. Must be created before QtHttpServer learns of the socket, so that its slots run first.
class Connection final : public ReplyChannel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Connection)

public:
    Connection(QTcpSocket *socket, Endpoint &endpoint);
    ~Connection() override;

    const QHostAddress &peer() const { return m_origin.peer; }
    quint16 peerPort() const { return m_origin.peerPort; }
    bool isTurnedAway() const { return m_turnedAway; }
    /// None of its requests was admitted so far: it may be there only to take a place.
    bool isStranger() const { return !m_wasAdmitted; }
    /// It has not had the time yet that a stranger is given.
    bool isNew() const { return !m_strangerTime.hasExpired(); }
    /// Its first bytes have come, and nobody has looked at them yet.
    bool awaitsFirstLook() const;
    /// Whose access key its latest admitted request showed.
    const QString &keyName() const { return m_keyName; }

    /// Answers that the server is full, and closes.
    void turnAway();
    /// Hands the request that was let through to the handler. The body is QtHttpServer's. The responder is let go of
    /// when the answer is complete or the client has left, so always before its socket.
    void dispatch(const QByteArray &body, std::shared_ptr<Responder> responder);
    /// Closes at once; an exchange under way sees clientLeft().
    void close();

    quint64 id() const override { return m_id; }
    void sendReply(const Reply &reply) override;
    void beginStream() override;
    void sendPiece(const QByteArray &bytes) override;
    void endStream() override;
    bool isFarBehind() override;
    void drop() override;

private:
    enum class State { Reading, HandingOver, Answering, HoldingBack, Closing };

    void onReadyRead();
    void onBytesWritten();
    void onDisconnected();
    void onTimeout();

    std::optional<Refusal> readRequest(QByteArrayView &bytes);
    void awaitRequest();
    void refuse(const Refusal &refusal);
    void sayRefusal();
    void finishAnswer();
    void letGo();
    void write(const QByteArray &bytes);
    ReplyForm form() const;

    void discardInput();
    void closeGracefully();
    void continueClosing();
    void sayEnd();

    QTcpSocket *const m_socket;
    Endpoint &m_endpoint;
    const quint64 m_id;
    const RequestHead m_origin; ///< an empty head with the addresses
    State m_state = State::Reading;
    QTimer m_timer;
    RequestReader m_reader;

    QPointer<ConnectionExchange> m_exchange;
    std::shared_ptr<Responder> m_responder;
    bool m_keepsAlive = true;
    bool m_turnedAway = false;
    bool m_hasServed = false;
    bool m_wasLookedAt = false; ///< some of what it sent was read
    bool m_wasAdmitted = false;
    const QDeadlineTimer m_strangerTime;
    QString m_keyName;
    QByteArray m_heldBack; ///< a refusal that is still to be said
    bool m_endIsSaid = false;
    qint64 m_discarded = 0;
    qint64 m_awaitedInput = 0; ///< what a refused client still sends of its request, in bytes
};

} // namespace Http
