#pragma once

#include "http/request.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace Http {

struct RequestLine
{
    QByteArray method;
    QByteArray target;
    bool isHttp11 = true;
};

/// Nothing where the line is not "METHOD /target HTTP/1.1" or 1.0, strictly (RFC 9112 section 3).
std::optional<RequestLine> parseRequestLine(const QByteArray &line);

/// Collects the head of a request from bytes as they come, and refuses it at the first byte that can't belong to one:
/// line ends other than CRLF, control characters, a bad request line, too much of it (RFC 9112 sections 2.2 and 3).
class HeadReader
{
public:
    explicit HeadReader(qint64 limit)
        : m_limit(limit)
    {}

    /// Takes what belongs to the head from the front of bytes.
    std::optional<Refusal> read(QByteArrayView &bytes);

    /// A byte of the head has come; empty lines in front of it don't count.
    bool hasBegun() const { return !m_lines.isEmpty() || !m_line.isEmpty(); }
    bool isComplete() const { return m_complete; }
    /// The request line and the header lines, without line ends.
    const QList<QByteArray> &lines() const { return m_lines; }

private:
    std::optional<Refusal> take(char c);
    std::optional<Refusal> endLine();

    qint64 m_limit;
    qint64 m_size = 0;
    QByteArray m_line;
    QList<QByteArray> m_lines;
    bool m_afterReturn = false;
    bool m_complete = false;
};

/// A head with what it says about the connection and the body that follows.
struct IncomingHead
{
    RequestHead head;
    bool isHttp11 = true;
    bool keepsAlive = true;
    bool isChunked = false;
    bool expectsContinue = false;
    qint64 contentLength = 0; ///< in bytes; 0 without a body or with a chunked one
};

/// Understands the lines of a head. Whatever two parsers could understand in two ways is refused (RFC 9112 sections 5
/// and 6): request smuggling lives there.
std::variant<IncomingHead, Refusal> parseHead(const QList<QByteArray> &lines);

} // namespace Http
