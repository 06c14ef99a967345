#include "wire.h"

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
QByteArray oneLine(QByteArray value)
{
    std::replace_if(
        value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return value;
}

/// The Date header's value, RFC 9110 section 5.6.7; put together once a second.
QByteArray httpDate()
{
    thread_local qint64 second = -1;
    thread_local QByteArray text;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now.toSecsSinceEpoch() != second) {
        second = now.toSecsSinceEpoch();
        text = QLocale::c().toString(now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    }
    return text;
}

Headers commonHeaders(const ReplyForm &form)
{
    Headers headers{{"Date", httpDate()}, {"X-Content-Type-Options", "nosniff"}};
    if (form.closes)
        headers.emplaceBack("Connection", "close");
    return headers;
}

bool isOwnHeader(const QByteArray &name)
{
    return std::any_of(OwnHeaders.cbegin(), OwnHeaders.cend(),
                       [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

bool neverHasBody(const Reply &reply)
{
    return reply.status == 204 || reply.status == 304;
}

QByteArray headBytes(int status, const Headers &headers)
{
    QByteArray bytes = statusLine(status);
    for (const auto &[name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    return bytes + "\r\n";
}

} // namespace

Headers replyHeaders(const Reply &reply, const ReplyForm &form)
{
    Headers headers = commonHeaders(form);
    if (headerValue(reply.headers, "Cache-Control").isEmpty())
        headers.emplaceBack("Cache-Control", "no-store");
    for (const auto &[name, value] : reply.headers) {
        if (!isOwnHeader(name))
            headers.emplaceBack(name, oneLine(value));
    }
    if (!reply.body.isEmpty() && !neverHasBody(reply))
        headers.emplaceBack("Content-Type", oneLine(reply.contentType));
    return headers;
}

bool isBeyondQt(const Reply &reply, const ReplyForm &form)
{
    return form.withoutBody || neverHasBody(reply) || reply.announcedLength >= 0;
}

QByteArray replyBytes(const Reply &reply, const ReplyForm &form)
{
    Headers headers = replyHeaders(reply, form);
    if (!neverHasBody(reply)) {
        const qint64 length = reply.announcedLength >= 0 ? reply.announcedLength : reply.body.size();
        headers.emplaceBack("Content-Length", QByteArray::number(length));
    }
    const bool hasBody = !neverHasBody(reply) && !form.withoutBody;
    return headBytes(reply.status, headers) + (hasBody ? reply.body : QByteArray());
}

QByteArray streamHead(const ReplyForm &form)
{
    Headers headers = commonHeaders(form);
    headers += {{"Content-Type", "text/event-stream"},
                {"Cache-Control", "no-cache, no-transform"},
                {"X-Accel-Buffering", "no"}};
    if (form.isChunked)
        headers.emplaceBack("Transfer-Encoding", "chunked");
    return headBytes(200, headers);
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
