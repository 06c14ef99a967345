#pragma once

#include "http/request.h"

namespace Http {

/// What the request and the connection demand of an answer's form.
struct AnswerForm
{
    bool closes = false;      ///< the connection ends with this answer
    bool withoutBody = false; ///< the request was HEAD
    bool isChunked = true;    ///< for streams: the client speaks HTTP/1.1
};

/// A whole answer as it goes over the wire.
QByteArray answerBytes(const Reply &reply, const AnswerForm &form);

/// The head of an event stream.
QByteArray streamHead(const AnswerForm &form);
/// One event: a data line for every line of data (WHATWG HTML, section 9.2.6).
QByteArray eventBytes(const QByteArray &data);
/// A line that readers of a stream skip.
QByteArray commentBytes();
/// A piece of a body in chunked framing (RFC 9112 section 7.1).
QByteArray chunkBytes(const QByteArray &piece);

} // namespace Http
