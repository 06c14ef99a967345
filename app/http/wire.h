#pragma once

#include "http/request.h"

namespace Http {

/// What the request and the connection demand of a reply's form.
struct ReplyForm
{
    bool closes = false;      ///< the connection ends with this reply
    bool withoutBody = false; ///< the request was HEAD
    bool isChunked = true;    ///< for streams: the client speaks HTTP/1.1
};

/// All headers of a reply but Content-Length.
Headers replyHeaders(const Reply &reply, const ReplyForm &form);
/// A reply that QtHttpServer can't send, since its responder announces the length of what it sends: one to HEAD, one
/// that never has a body (204, 304), one that announces another length.
bool isBeyondQt(const Reply &reply, const ReplyForm &form);
/// A reply as it goes over the wire.
QByteArray replyBytes(const Reply &reply, const ReplyForm &form);

/// The head of an event stream.
QByteArray streamHead(const ReplyForm &form);
/// One event: a data line for every line of data (WHATWG HTML, section 9.2.6).
QByteArray eventBytes(const QByteArray &data);
/// A line that readers of a stream skip.
QByteArray commentBytes();
/// A piece of a body in chunked framing (RFC 9112 section 7.1).
QByteArray chunkBytes(const QByteArray &piece);

} // namespace Http
