#include "connection.h"

#include <QTcpSocket>

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr std::chrono::seconds FarewellTime(2);             // a client that was refused gets this long to read why
constexpr qint64 FarewellBytes = qint64(256) * 1024 * 1024; // and this much of what it sends is thrown away meanwhile
constexpr bool QtAnswersExpect = QT_VERSION >= QT_VERSION_CHECK(6, 5, 0);

RequestHead originOf(const QTcpSocket &socket)
{
    RequestHead head;
    head.peer = socket.peerAddress();
    head.peerPort = socket.peerPort();
    head.localPort = socket.localPort();
    return head;
}

bool isOnlyLineEnds(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n'; });
}

/// Tells the peer that nothing more will be sent, and still receives: what QTcpSocket lacks. Fails only where the peer
/// is gone already, which is as good.
void endWriting(const QTcpSocket &socket)
{
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(socket.socketDescriptor()), SD_SEND);
#else
    ::shutdown(int(socket.socketDescriptor()), SHUT_WR);
#endif
}

} // namespace

int Endpoint::servedConnections() const
{
    return int(std::count_if(connections.cbegin(), connections.cend(),
                             [](const Connection *connection) { return !connection->isTurnedAway(); }));
}

void Endpoint::makeRoom()
{
    const auto isStranger = [](const Connection *connection) {
        return connection->isStranger() && !connection->isTurnedAway();
    };
    // In a burst what has come in waits to be read, or is still on its way. The former is spared in any case, since the
    // next turn of the event loop reads it; the latter where there is a place for it.
    bool isFull = false;
    const auto canGo = [&](const Connection *connection) {
        return isStranger(connection) && !connection->awaitsFirstLook() && (isFull || !connection->isNew());
    };
    qsizetype strangers = std::count_if(connections.cbegin(), connections.cend(), isStranger);
    while (strangers > 0) {
        isFull = servedConnections() >= limits.connections;
        const auto oldest = std::find_if(connections.cbegin(), connections.cend(), canGo);
        if ((!isFull && strangers < limits.strangers) || oldest == connections.cend())
            return;
        (*oldest)->close();
        --strangers;
    }
}

Connection *Endpoint::find(const QHostAddress &peer, quint16 peerPort) const
{
    const auto found = std::find_if(connections.cbegin(), connections.cend(), [&](const Connection *connection) {
        return connection->peerPort() == peerPort && connection->peer() == peer;
    });
    return found == connections.cend() ? nullptr : *found;
}

Connection::Connection(QTcpSocket *socket, Endpoint &endpoint)
    : ReplyChannel(socket)
    , m_socket(socket)
    , m_endpoint(endpoint)
    , m_id(++endpoint.lastConnectionId)
    , m_origin(originOf(*socket))
    , m_reader(endpoint.limits, endpoint.admission, m_origin)
    , m_strangerTime(endpoint.limits.strangerTime)
{
    m_timer.setSingleShot(true);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::onReadyRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &Connection::onBytesWritten);
    connect(m_socket, &QTcpSocket::disconnected, this, &Connection::onDisconnected);
    connect(&m_timer, &QTimer::timeout, this, &Connection::onTimeout);
    m_endpoint.connections += this;
    awaitRequest();
}

Connection::~Connection()
{
    m_endpoint.connections.removeOne(this);
    letGo();
}

void Connection::awaitRequest()
{
    m_state = State::Reading;
    m_reader.reset();
    m_discarded = 0;
    const Limits &limits = m_endpoint.limits;
    m_timer.start(m_hasServed ? limits.idleTime : std::min(limits.firstTime, limits.idleTime));
}

bool Connection::awaitsFirstLook() const
{
    if (m_wasLookedAt)
        return false;
    char next = 0;
#ifdef Q_OS_WIN
    return ::recv(SOCKET(m_socket->socketDescriptor()), &next, 1, MSG_PEEK) > 0;
#else
    return ::recv(int(m_socket->socketDescriptor()), &next, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
#endif
}

void Connection::onReadyRead()
{
    m_wasLookedAt = true;
    if (m_state == State::HoldingBack) {
        discardInput();
        return;
    }
    if (m_state == State::Closing) {
        discardInput();
        continueClosing();
        return;
    }
    const QByteArray available = m_socket->peek(m_socket->bytesAvailable());
    QByteArrayView bytes(available);
    if (m_state != State::Answering) {
        if (const std::optional<Refusal> refusal = readRequest(bytes)) {
            m_awaitedInput = m_reader.bodyLeft() == 0 ? 0 : available.size() - bytes.size() + m_reader.bodyLeft();
            refuse(*refusal);
            return;
        }
        if (m_state != State::HandingOver)
            return;
    }
    // A second request before the first is answered: QtHttpServer 6.4 would answer both at once, one into the other.
    // RFC 9112 section 9.3.2 lets a client repeat what was not answered.
    if (!isOnlyLineEnds(bytes))
        m_keepsAlive = false;
    if (m_state == State::Answering)
        discardInput();
}

std::optional<Refusal> Connection::readRequest(QByteArrayView &bytes)
{
    const bool hadBegun = m_reader.hasBegun();
    const bool wasInBody = m_reader.isInBody();
    if (const std::optional<Refusal> refusal = m_reader.read(bytes))
        return refusal;
    if (!hadBegun && m_reader.hasBegun())
        m_timer.start(m_endpoint.limits.requestTime);
    if (!wasInBody && m_reader.awaitsContinue() && !QtAnswersExpect)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    if (m_reader.isAdmitted()) {
        m_wasAdmitted = true;
        m_keyName = m_reader.incoming().head.keyName;
    }
    if (m_reader.isComplete()) {
        m_keepsAlive = m_reader.incoming().keepsAlive;
        m_state = State::HandingOver;
    }
    return std::nullopt;
}

void Connection::dispatch(const QByteArray &body, std::shared_ptr<Responder> responder)
{
    if (m_state != State::HandingOver || body.size() != m_reader.bodySize()) {
        // The two readers disagree about where this request ends: nothing after it can be trusted.
        if (m_state != State::Closing && m_state != State::HoldingBack)
            refuse(Refusal{.status = 400, .reason = u"The request's body is not framed unambiguously."_s});
        return;
    }
    m_timer.stop();
    m_hasServed = true;
    m_state = State::Answering;
    m_responder = std::move(responder);
    const auto exchange =
        ConnectionExchange::create(this, Request{m_reader.incoming().head, body}, m_endpoint.limits.keepAliveComment);
    m_exchange = exchange.get();
    m_endpoint.handler(exchange);
}

ReplyForm Connection::form() const
{
    const IncomingHead &incoming = m_reader.incoming();
    return {.closes = !m_keepsAlive, .withoutBody = incoming.head.method == "HEAD", .isChunked = incoming.isHttp11};
}

void Connection::sendReply(const Reply &reply)
{
    if (reply.announcedLength >= 0)
        m_keepsAlive = false;
    const ReplyForm how = form();
    if (!m_responder || isBeyondQt(reply, how))
        write(replyBytes(reply, how));
    else if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_responder->write(reply.status, replyHeaders(reply, how), reply.body);
    finishAnswer();
}

void Connection::beginStream()
{
    write(streamHead(form()));
}

void Connection::sendPiece(const QByteArray &bytes)
{
    const ReplyForm how = form();
    if (!how.withoutBody)
        write(how.isChunked ? chunkBytes(bytes) : bytes);
}

void Connection::endStream()
{
    if (form().isChunked)
        sendPiece({});
    finishAnswer();
}

bool Connection::isFarBehind()
{
    const qint64 limit = m_endpoint.limits.unsentBytes;
    if (m_socket->bytesToWrite() > limit)
        m_socket->flush();
    return m_socket->bytesToWrite() > limit;
}

void Connection::write(const QByteArray &bytes)
{
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->write(bytes);
}

void Connection::finishAnswer()
{
    m_exchange = nullptr;
    m_responder = nullptr;
    if (m_keepsAlive)
        awaitRequest();
    else
        closeGracefully();
}

void Connection::letGo()
{
    m_responder = nullptr;
    if (m_exchange)
        std::exchange(m_exchange, nullptr)->leave();
}

void Connection::drop()
{
    m_exchange = nullptr;
    m_responder = nullptr;
    m_state = State::Closing;
    m_socket->abort();
}

void Connection::turnAway()
{
    m_turnedAway = true;
    refuse(Refusal{.status = 503,
                   .reason = u"All %1 connections of this endpoint are in use. Try again in a moment."_s.arg(
                       m_endpoint.limits.connections)});
}

void Connection::close()
{
    m_state = State::Closing;
    letGo();
    m_socket->flush(); // the last words of what was answered just before
    m_socket->abort();
}

void Connection::refuse(const Refusal &refusal)
{
    const RequestHead head = m_reader.headSoFar();
    m_heldBack = replyBytes(refusal.reply(), {.closes = true, .withoutBody = head.method == "HEAD"});
    if (refusal.delay.count() > 0) {
        m_state = State::HoldingBack;
        m_timer.start(refusal.delay);
        discardInput();
    } else {
        sayRefusal();
    }
    if (m_endpoint.refused)
        m_endpoint.refused(head, refusal);
}

void Connection::sayRefusal()
{
    write(std::exchange(m_heldBack, {}));
    closeGracefully();
}

void Connection::closeGracefully()
{
    m_state = State::Closing;
    m_timer.start(m_endpoint.limits.idleTime);
    discardInput();
    m_socket->flush();
    if (m_socket->bytesToWrite() == 0)
        m_timer.start(FarewellTime);
    continueClosing();
}

void Connection::continueClosing()
{
    // Closing with unread bytes would send a reset, and the client would lose the answer: say the end, let it close.
    // Not before it has sent what it announced: Qt's own client looks for an answer only then.
    const bool isDue = m_socket->bytesToWrite() == 0 && m_discarded >= m_awaitedInput;
    if (isDue && !m_endIsSaid && m_socket->state() == QAbstractSocket::ConnectedState)
        sayEnd();
}

void Connection::sayEnd()
{
    m_endIsSaid = true;
    endWriting(*m_socket);
    m_timer.start(FarewellTime);
}

void Connection::discardInput()
{
    // Within a transaction, as QtHttpServer begins one, bytes that were read would be kept.
    if (m_socket->isTransactionStarted())
        m_socket->commitTransaction();
    m_discarded += m_socket->skip(m_socket->bytesAvailable());
    if (m_discarded > FarewellBytes)
        m_socket->abort();
}

void Connection::onBytesWritten()
{
    if (m_state == State::Closing && m_socket->bytesToWrite() == 0 && !m_endIsSaid) {
        m_timer.start(FarewellTime);
        continueClosing();
    } else if (m_state == State::Reading && !m_reader.hasBegun()) {
        m_timer.start(m_endpoint.limits.idleTime); // a large answer that is still being read
    }
}

void Connection::onDisconnected()
{
    m_timer.stop();
    m_state = State::Closing;
    m_endpoint.connections.removeOne(this);
    letGo();
}

void Connection::onTimeout()
{
    if (m_state == State::HoldingBack)
        sayRefusal();
    else if (m_state == State::Closing && m_socket->bytesToWrite() == 0 && !m_endIsSaid)
        sayEnd();
    else if (m_state == State::Closing)
        m_socket->abort();
    else if (m_state == State::Reading && !m_reader.hasBegun())
        closeGracefully();
    else
        refuse(Refusal{.status = 408,
                       .reason = u"The request was not complete within %1 seconds."_s.arg(
                           double(m_endpoint.limits.requestTime.count()) / 1000)});
}

} // namespace Http
