#pragma once

#include <QByteArray>

#include <optional>

namespace Stdio {

/// The head of an answer, as far as the relay cares.
struct AnswerHead
{
    int status = 0;
    QByteArray contentType = {}; ///< in lower case, without parameters
    qint64 contentLength = -1;   ///< in bytes; -1: up to the end of the connection

    bool isEventStream() const { return contentType == "text/event-stream"; }
};

/// Reads a head up to its empty line; nothing where it is not one of HTTP/1.
std::optional<AnswerHead> readAnswerHead(const QByteArray &head);

} // namespace Stdio
