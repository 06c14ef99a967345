#include "requestreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr int MostDigits = 8; // 4 GiB, beyond any limit, and far from overflow

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Refusal tooLarge(qint64 limit)
{
    return Refusal{.status = 413, .reason = u"The request's body is larger than %1 bytes."_s.arg(limit)};
}

} // namespace

bool ChunkCounter::read(QByteArrayView &bytes)
{
    while (!bytes.isEmpty() && !isComplete()) {
        if (m_expect == Expect::Data) {
            const qsizetype part = std::min<qint64>(m_chunkLeft, bytes.size());
            bytes = bytes.sliced(part);
            m_chunkLeft -= part;
            if (m_chunkLeft == 0)
                m_expect = Expect::DataReturn;
            continue;
        }
        const char c = bytes.front();
        bytes = bytes.sliced(1);
        ++m_framingSize;
        if (!take(c))
            return false;
    }
    return true;
}

bool ChunkCounter::take(char c)
{
    const auto move = [this, c](char expected, Expect next) {
        m_expect = next;
        return c == expected;
    };
    switch (m_expect) {
    case Expect::Size:
        return takeSize(c);
    case Expect::Extension:
        if (c == '\r')
            m_expect = Expect::SizeEnd;
        return c == '\r' || c == '\t' || (uchar(c) >= 0x20 && c != 0x7f);
    case Expect::SizeEnd:
        m_digits = 0;
        m_bodySize += m_chunkLeft;
        return move('\n', m_chunkLeft > 0 ? Expect::Data : Expect::LastReturn);
    case Expect::DataReturn:
        return move('\r', Expect::DataEnd);
    case Expect::DataEnd:
        return move('\n', Expect::Size);
    case Expect::LastReturn:
        return move('\r', Expect::LastEnd);
    case Expect::LastEnd:
        return move('\n', Expect::Nothing);
    case Expect::Data:
    case Expect::Nothing:
        break;
    }
    return false;
}

bool ChunkCounter::takeSize(char c)
{
    const int digit = hexDigit(c);
    if (digit >= 0) {
        m_chunkLeft = m_chunkLeft * 16 + digit;
        return ++m_digits <= MostDigits;
    }
    m_expect = c == '\r' ? Expect::SizeEnd : Expect::Extension;
    return m_digits > 0 && (c == '\r' || c == ';');
}

RequestReader::RequestReader(const Limits &limits, const Admission &admission, RequestHead origin)
    : m_limits(limits)
    , m_admission(admission)
    , m_origin(std::move(origin))
    , m_headReader(limits.headBytes)
{}

void RequestReader::reset()
{
    m_state = State::Head;
    m_headReader = HeadReader(m_limits.headBytes);
    m_incoming = {};
    m_bodyLeft = 0;
    m_bodyHasBegun = false;
    m_chunks = {};
}

RequestHead RequestReader::headSoFar() const
{
    if (!m_incoming.head.method.isEmpty())
        return m_incoming.head;
    RequestHead head = m_origin;
    const QList<QByteArray> &lines = m_headReader.lines();
    if (const auto line = lines.isEmpty() ? std::nullopt : parseRequestLine(lines.first())) {
        head.method = line->method;
        head.target = line->target;
    }
    return head;
}

std::optional<Refusal> RequestReader::read(QByteArrayView &bytes)
{
    std::optional<Refusal> refusal;
    if (m_state == State::Head)
        refusal = readHead(bytes);
    if (!refusal && m_state == State::Body)
        refusal = readBody(bytes);
    return refusal;
}

std::optional<Refusal> RequestReader::readHead(QByteArrayView &bytes)
{
    if (const std::optional<Refusal> refusal = m_headReader.read(bytes))
        return refusal;
    if (!m_headReader.isComplete())
        return std::nullopt;

    std::variant<IncomingHead, Refusal> parsed = parseHead(m_headReader.lines());
    if (const auto *refusal = std::get_if<Refusal>(&parsed))
        return *refusal;
    m_incoming = std::get<IncomingHead>(std::move(parsed));
    m_incoming.head.peer = m_origin.peer;
    m_incoming.head.peerPort = m_origin.peerPort;
    m_incoming.head.localPort = m_origin.localPort;
    m_bodyLeft = m_incoming.expectsContinue ? 0 : m_incoming.contentLength; // for a refusal: what still comes
    if (const std::optional<Refusal> refusal = admit())
        return refusal;

    m_bodyLeft = m_incoming.contentLength;
    m_state = State::Body;
    return std::nullopt;
}

std::optional<Refusal> RequestReader::admit()
{
    if (m_admission) {
        if (const std::optional<Refusal> refusal = m_admission(m_incoming.head))
            return refusal;
    }
    if (m_incoming.contentLength > m_limits.bodyBytes)
        return tooLarge(m_limits.bodyBytes);
    return std::nullopt;
}

std::optional<Refusal> RequestReader::readBody(QByteArrayView &bytes)
{
    m_bodyHasBegun = m_bodyHasBegun || !bytes.isEmpty();
    if (m_incoming.isChunked) {
        if (const std::optional<Refusal> refusal = readChunks(bytes))
            return refusal;
    } else {
        const qsizetype part = std::min<qint64>(m_bodyLeft, bytes.size());
        bytes = bytes.sliced(part);
        m_bodyLeft -= part;
    }
    if (m_incoming.isChunked ? m_chunks.isComplete() : m_bodyLeft == 0)
        m_state = State::Complete;
    return std::nullopt;
}

std::optional<Refusal> RequestReader::readChunks(QByteArrayView &bytes)
{
    if (!m_chunks.read(bytes))
        return Refusal{.status = 400,
                       .reason = u"The chunks of the request's body are malformed, or trailer fields "
                                 "follow them, which are not accepted."_s};
    // QtHttpServer keeps the framing too until the request is complete.
    const qint64 limit = m_limits.bodyBytes;
    if (m_chunks.bodySize() > limit || m_chunks.framingSize() > limit + m_limits.headBytes)
        return tooLarge(limit);
    return std::nullopt;
}

} // namespace Http
