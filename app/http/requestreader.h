#pragma once

#include "http/headparser.h"
#include "http/limits.h"

namespace Http {

/// Follows the framing of a chunked body (RFC 9112 section 7.1) without keeping it, to know how large it is and where
/// it ends. Trailer fields are not accepted: QtHttpServer would read them as the next request.
class ChunkCounter
{
public:
    /// Takes what belongs to the body from the front of bytes; false where the framing is wrong.
    bool read(QByteArrayView &bytes);

    bool isComplete() const { return m_expect == Expect::Nothing; }
    qint64 bodySize() const { return m_bodySize; }       ///< of the chunks announced so far, in bytes
    qint64 framingSize() const { return m_framingSize; } ///< sizes, extensions and line ends so far, in bytes

private:
    enum class Expect { Size, Extension, SizeEnd, Data, DataReturn, DataEnd, LastReturn, LastEnd, Nothing };

    bool take(char c);
    bool takeSize(char c);

    Expect m_expect = Expect::Size;
    int m_digits = 0;
    qint64 m_chunkLeft = 0;
    qint64 m_bodySize = 0;
    qint64 m_framingSize = 0;
};

/// Reads one request after another from the bytes of a connection, and refuses it at the first byte that is not strict
/// HTTP, not within the limits or not admitted. It keeps the head and measures the body, which QtHttpServer keeps.
class RequestReader
{
public:
    /// Origin is an empty head with the addresses. Limits and admission must outlive the reader.
    RequestReader(const Limits &limits, const Admission &admission, RequestHead origin);

    /// Takes what belongs to the request from the front of bytes.
    std::optional<Refusal> read(QByteArrayView &bytes);
    /// On to the next request.
    void reset();

    bool hasBegun() const { return m_headReader.hasBegun(); }
    bool isAdmitted() const { return m_state != State::Head; }
    bool isInBody() const { return m_state == State::Body; }
    bool isComplete() const { return m_state == State::Complete; }
    /// The client wants to hear that it is admitted before it sends the body.
    bool awaitsContinue() const { return isInBody() && m_incoming.expectsContinue && !m_bodyHasBegun; }
    const IncomingHead &incoming() const { return m_incoming; }
    /// The head as far as it was understood.
    RequestHead headSoFar() const;
    /// What was announced and has not come yet, in bytes.
    qint64 bodyLeft() const { return m_bodyLeft; }
    qint64 bodySize() const { return m_incoming.isChunked ? m_chunks.bodySize() : m_incoming.contentLength; }

private:
    enum class State { Head, Body, Complete };

    std::optional<Refusal> readHead(QByteArrayView &bytes);
    std::optional<Refusal> admit();
    std::optional<Refusal> readBody(QByteArrayView &bytes);
    std::optional<Refusal> readChunks(QByteArrayView &bytes);

    const Limits &m_limits;
    const Admission &m_admission;
    const RequestHead m_origin;
    State m_state = State::Head;
    HeadReader m_headReader;
    IncomingHead m_incoming;
    qint64 m_bodyLeft = 0;
    bool m_bodyHasBegun = false;
    ChunkCounter m_chunks;
};

} // namespace Http
