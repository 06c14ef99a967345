#pragma once

#include "http/request.h"

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
