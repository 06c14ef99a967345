#include "http/connection.h"

#include "http/connectionexchange.h"
#include "http/halfclose.h"

#include <QTcpSocket>

#include <algorithm>

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

Refusal tooLarge(qint64 limit)
{
    return Refusal{.status = 413, .reason = u"The request's body is larger than %1 bytes."_s.arg(limit)};
}

bool isOnlyLineEnds(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n'; });
}

} // namespace

Connection::Connection(QTcpSocket *socket, Endpoint &endpoint)
    : QObject(socket)
    , m_socket(socket)
    , m_endpoint(endpoint)
    , m_id(++endpoint.lastConnectionId)
    , m_origin(originOf(*socket))
    , m_headReader(endpoint.limits.headBytes)
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
    if (m_exchange)
        m_exchange->leave();
}

void Connection::awaitRequest()
{
    m_state = State::ReadingHead;
    m_headReader = HeadReader(m_endpoint.limits.headBytes);
    m_incoming = {};
    m_chunks = {};
    m_discarded = 0;
    const Limits &limits = m_endpoint.limits;
    m_timer.start(m_hasServed ? limits.idleTime : std::min(limits.firstTime, limits.idleTime));
}

void Connection::onReadyRead()
{
    if (m_state == State::Closing) {
        discardInput();
        continueClosing();
        return;
    }
    const QByteArray available = m_socket->peek(m_socket->bytesAvailable());
    QByteArrayView bytes(available);
    if (m_state != State::Answering) {
        if (const std::optional<Refusal> refusal = readRequest(bytes)) {
            m_awaitedInput = m_bodyLeft == 0 ? 0 : available.size() - bytes.size() + m_bodyLeft;
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
    std::optional<Refusal> refusal;
    if (m_state == State::ReadingHead)
        refusal = readHead(bytes);
    if (!refusal && m_state == State::ReadingBody)
        refusal = readBody(bytes);
    return refusal;
}

std::optional<Refusal> Connection::readHead(QByteArrayView &bytes)
{
    const bool hadBegun = m_headReader.hasBegun();
    if (const std::optional<Refusal> refusal = m_headReader.read(bytes))
        return refusal;
    if (!hadBegun && m_headReader.hasBegun())
        m_timer.start(m_endpoint.limits.requestTime);
    if (!m_headReader.isComplete())
        return std::nullopt;

    std::variant<IncomingHead, Refusal> parsed = parseHead(m_headReader.lines());
    if (const auto *refusal = std::get_if<Refusal>(&parsed))
        return *refusal;
    m_incoming = std::get<IncomingHead>(std::move(parsed));
    m_incoming.head.peer = m_origin.peer;
    m_incoming.head.peerPort = m_origin.peerPort;
    m_incoming.head.localPort = m_origin.localPort;
    m_keepsAlive = m_incoming.keepsAlive;
    m_bodyLeft = m_incoming.expectsContinue ? 0 : m_incoming.contentLength; // for a refusal: what still comes
    if (const std::optional<Refusal> refusal = admit())
        return refusal;

    m_bodyLeft = m_incoming.contentLength;
    m_state = State::ReadingBody;
    if (m_incoming.expectsContinue && bytes.isEmpty() && !QtAnswersExpect)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    return std::nullopt;
}

std::optional<Refusal> Connection::admit()
{
    if (m_endpoint.admission) {
        if (const std::optional<Refusal> refusal = m_endpoint.admission(m_incoming.head))
            return refusal;
    }
    if (m_incoming.contentLength > m_endpoint.limits.bodyBytes)
        return tooLarge(m_endpoint.limits.bodyBytes);
    return std::nullopt;
}

std::optional<Refusal> Connection::readBody(QByteArrayView &bytes)
{
    if (m_incoming.isChunked) {
        if (const std::optional<Refusal> refusal = readChunks(bytes))
            return refusal;
    } else {
        const qsizetype part = std::min<qint64>(m_bodyLeft, bytes.size());
        bytes = bytes.sliced(part);
        m_bodyLeft -= part;
    }
    if (m_incoming.isChunked ? m_chunks.isComplete() : m_bodyLeft == 0)
        m_state = State::HandingOver;
    return std::nullopt;
}

std::optional<Refusal> Connection::readChunks(QByteArrayView &bytes)
{
    if (!m_chunks.read(bytes))
        return Refusal{.status = 400,
                       .reason = u"The chunks of the request's body are malformed, or trailer fields "
                                 "follow them, which are not accepted."_s};
    // QtHttpServer keeps the framing too until the request is complete.
    const qint64 limit = m_endpoint.limits.bodyBytes;
    if (m_chunks.bodySize() > limit || m_chunks.framingSize() > limit + m_endpoint.limits.headBytes)
        return tooLarge(limit);
    return std::nullopt;
}

void Connection::dispatch(const QByteArray &body)
{
    const qint64 expected = m_incoming.isChunked ? m_chunks.bodySize() : m_incoming.contentLength;
    if (m_state != State::HandingOver || body.size() != expected) {
        // The two readers disagree about where this request ends: nothing after it can be trusted.
        if (m_state != State::Closing)
            refuse(Refusal{.status = 400, .reason = u"The request's body is not framed unambiguously."_s});
        return;
    }
    m_timer.stop();
    m_hasServed = true;
    m_state = State::Answering;
    const ConnectionExchange::Terms terms{
        .form = {.closes = false, .withoutBody = m_incoming.head.method == "HEAD", .isChunked = m_incoming.isHttp11},
        .unsentBytes = m_endpoint.limits.unsentBytes,
        .keepAliveComment = m_endpoint.limits.keepAliveComment};
    const auto exchange = ConnectionExchange::create(this, Request{m_incoming.head, body}, terms);
    m_exchange = exchange.get();
    m_endpoint.handler(exchange);
}

void Connection::write(const QByteArray &bytes)
{
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->write(bytes);
}

qint64 Connection::unsentBytes()
{
    if (m_socket->bytesToWrite() > m_endpoint.limits.unsentBytes)
        m_socket->flush();
    return m_socket->bytesToWrite();
}

void Connection::answered()
{
    m_exchange = nullptr;
    if (m_keepsAlive)
        awaitRequest();
    else
        closeGracefully();
}

void Connection::drop()
{
    m_exchange = nullptr;
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
    if (m_exchange)
        std::exchange(m_exchange, nullptr)->leave();
    m_socket->flush(); // the last words of what was answered just before
    m_socket->abort();
}

void Connection::refuse(const Refusal &refusal)
{
    // A head that could not be read whole is shown as far as it was understood.
    RequestHead head = m_incoming.head;
    if (head.method.isEmpty()) {
        head = m_origin;
        const QList<QByteArray> &lines = m_headReader.lines();
        if (const auto line = lines.isEmpty() ? std::nullopt : parseRequestLine(lines.first())) {
            head.method = line->method;
            head.target = line->target;
        }
    }
    write(answerBytes(refusal.reply(), {.closes = true, .withoutBody = head.method == "HEAD"}));
    closeGracefully();
    if (m_endpoint.refused)
        m_endpoint.refused(head, refusal);
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
    } else if (m_state == State::ReadingHead && !m_headReader.hasBegun()) {
        m_timer.start(m_endpoint.limits.idleTime); // a large answer that is still being read
    }
}

void Connection::onDisconnected()
{
    m_timer.stop();
    m_state = State::Closing;
    m_endpoint.connections.removeOne(this);
    if (m_exchange)
        std::exchange(m_exchange, nullptr)->leave();
}

void Connection::onTimeout()
{
    if (m_state == State::Closing && m_socket->bytesToWrite() == 0 && !m_endIsSaid)
        sayEnd();
    else if (m_state == State::Closing)
        m_socket->abort();
    else if (m_state == State::ReadingHead && !m_headReader.hasBegun())
        closeGracefully();
    else
        refuse(Refusal{.status = 408,
                       .reason = u"The request was not complete within %1 seconds."_s.arg(
                           double(m_endpoint.limits.requestTime.count()) / 1000)});
}

} // namespace Http
