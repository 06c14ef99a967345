#include "stdio/answerhead.h"

#include <QByteArrayList>

namespace Stdio {

std::optional<AnswerHead> readAnswerHead(const QByteArray &head)
{
    const QByteArrayList lines = head.split('\n');
    const QByteArrayList statusLine = lines.first().trimmed().split(' ');
    if (statusLine.size() < 2 || !statusLine.first().startsWith("HTTP/1."))
        return std::nullopt;
    AnswerHead answer{.status = statusLine.at(1).toInt()};
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArray name = line.left(colon).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-type")
            answer.contentType = value.split(';').first().trimmed().toLower();
        else if (name == "content-length")
            answer.contentLength = value.toLongLong();
    }
    return answer.status >= 100 ? std::optional(answer) : std::nullopt;
}

} // namespace Stdio
