#include "http/answer.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr std::array<std::pair<int, const char *>, 27> ReasonPhrases{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

/// The endpoint says these itself.
constexpr std::array<const char *, 5> OwnHeaders{"Content-Length", "Transfer-Encoding", "Connection", "Date",
                                                 "Content-Type"};

QByteArray statusLine(int status)
{
    const auto found = std::find_if(ReasonPhrases.cbegin(), ReasonPhrases.cend(),
                                    [status](const auto &phrase) { return phrase.first == status; });
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' +
           (found == ReasonPhrases.cend() ? QByteArray() : QByteArray(found->second)) + "\r\n";
}

/// A value that came from elsewhere must not start a line of its own.
QByteArray headerLine(const QByteArray &name, QByteArray value)
{
    std::replace_if(
        value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return name + ": " + value + "\r\n";
}

QByteArray commonHeaders(const AnswerForm &form)
{
    const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return headerLine("Date", date.toLatin1()) + headerLine("X-Content-Type-Options", "nosniff") +
           (form.closes ? headerLine("Connection", "close") : QByteArray());
}

bool isOwnHeader(const QByteArray &name)
{
    return std::any_of(OwnHeaders.cbegin(), OwnHeaders.cend(),
                       [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

} // namespace

QByteArray answerBytes(const Reply &reply, const AnswerForm &form)
{
    const bool neverHasBody = reply.status == 204 || reply.status == 304;
    QByteArray bytes = statusLine(reply.status) + commonHeaders(form);
    if (headerValue(reply.headers, "Cache-Control").isEmpty())
        bytes += headerLine("Cache-Control", "no-store");
    for (const auto &[name, value] : reply.headers) {
        if (!isOwnHeader(name))
            bytes += headerLine(name, value);
    }
    if (!neverHasBody) {
        if (!reply.body.isEmpty())
            bytes += headerLine("Content-Type", reply.contentType);
        const qint64 length = reply.announcedLength >= 0 ? reply.announcedLength : reply.body.size();
        bytes += headerLine("Content-Length", QByteArray::number(length));
    }
    bytes += "\r\n";
    if (!neverHasBody && !form.withoutBody)
        bytes += reply.body;
    return bytes;
}

QByteArray streamHead(const AnswerForm &form)
{
    return statusLine(200) + commonHeaders(form) + headerLine("Content-Type", "text/event-stream") +
           headerLine("Cache-Control", "no-cache, no-transform") + headerLine("X-Accel-Buffering", "no") +
           (form.isChunked ? headerLine("Transfer-Encoding", "chunked") : QByteArray()) + "\r\n";
}

QByteArray eventBytes(const QByteArray &data)
{
    QByteArray lines = data;
    lines.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\ndata: ");
    return "data: " + lines + "\n\n";
}

QByteArray commentBytes()
{
    return ": still here\n\n";
}

QByteArray chunkBytes(const QByteArray &piece)
{
    return QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
}

} // namespace Http
