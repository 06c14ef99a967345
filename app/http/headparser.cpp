#include "headparser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr qsizetype MostHeaders = 100; // Qt's header parser drops all of them, lengths included, when there are more

bool isControl(char c)
{
    return (uchar(c) < 0x20 && c != '\t') || c == 0x7f;
}

/// How many bytes at the front can stand within a line.
qsizetype plainLength(QByteArrayView bytes)
{
    return std::find_if(bytes.begin(), bytes.end(), isControl) - bytes.begin();
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isTokenCharacter);
}

bool isTarget(const QByteArray &text, const QByteArray &method)
{
    if (text == "*")
        return method == "OPTIONS";
    return text.startsWith('/') && !text.contains('#') &&
           std::all_of(text.cbegin(), text.cend(), [](char c) { return c > 0x20 && c < 0x7f; });
}

QByteArrayList valuesOf(const Headers &headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const auto &header : headers) {
        if (header.first.compare(name, Qt::CaseInsensitive) == 0)
            values += header.second;
    }
    return values;
}

bool listContains(const QByteArrayList &values, QByteArrayView token)
{
    const QByteArrayList tokens = values.join(',').split(',');
    return std::any_of(tokens.cbegin(), tokens.cend(), [token](const QByteArray &candidate) {
        return candidate.trimmed().compare(token, Qt::CaseInsensitive) == 0;
    });
}

Refusal malformed(const QString &reason)
{
    return Refusal{.status = 400, .reason = reason};
}

std::optional<Refusal> readHeaders(IncomingHead &incoming, const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.left(colon)))
            return malformed(u"The request has a header line that is not \"Name: value\"."_s);
        incoming.head.headers.emplaceBack(line.left(colon), line.mid(colon + 1).trimmed());
    }
    return std::nullopt;
}

std::optional<Refusal> readFraming(IncomingHead &incoming, const QList<QByteArray> &)
{
    const QByteArrayList lengths = valuesOf(incoming.head.headers, "Content-Length");
    const QByteArrayList codings = valuesOf(incoming.head.headers, "Transfer-Encoding");
    if (!lengths.isEmpty() && !codings.isEmpty())
        return malformed(u"The request has both a Content-Length and a Transfer-Encoding."_s);
    if (!codings.isEmpty()) {
        incoming.isChunked = codings.size() == 1 && codings.first().compare("chunked", Qt::CaseInsensitive) == 0;
        if (!incoming.isChunked || !incoming.isHttp11)
            return malformed(u"The request's Transfer-Encoding is not plain \"chunked\" of HTTP/1.1."_s);
    }
    if (lengths.size() > 1)
        return malformed(u"The request has more than one Content-Length."_s);
    if (lengths.isEmpty())
        return std::nullopt;

    constexpr qsizetype MostDigits = 18; // fits a qint64
    const QByteArray &digits = lengths.first();
    const bool isNumber = !digits.isEmpty() && digits.size() <= MostDigits &&
                          std::all_of(digits.cbegin(), digits.cend(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return malformed(u"The request's Content-Length is not a number of bytes."_s);
    incoming.contentLength = digits.toLongLong();
    return std::nullopt;
}

std::optional<Refusal> readConnection(IncomingHead &incoming, const QList<QByteArray> &)
{
    const Headers &headers = incoming.head.headers;
    if (valuesOf(headers, "Host").size() > 1)
        return malformed(u"The request has more than one Host header."_s);
    if (listContains(valuesOf(headers, "Upgrade"), "websocket")) // QtHttpServer would take the connection over
        return malformed(u"This endpoint does not speak WebSocket."_s);
    incoming.keepsAlive = incoming.isHttp11 && !listContains(valuesOf(headers, "Connection"), "close");
    const bool hasBody = incoming.isChunked || incoming.contentLength > 0;
    incoming.expectsContinue =
        incoming.isHttp11 && hasBody && listContains(valuesOf(headers, "Expect"), "100-continue");
    return std::nullopt;
}

} // namespace

std::optional<RequestLine> parseRequestLine(const QByteArray &line)
{
    const QByteArrayList parts = line.split(' ');
    if (parts.size() != 3 || !isToken(parts[0]) || !isTarget(parts[1], parts[0]))
        return std::nullopt;
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return std::nullopt;
    return RequestLine{.method = parts[0], .target = parts[1], .isHttp11 = parts[2] == "HTTP/1.1"};
}

std::optional<Refusal> HeadReader::read(QByteArrayView &bytes)
{
    while (!bytes.isEmpty() && !m_complete) {
        const qsizetype plain = m_afterReturn ? 0 : plainLength(bytes.first(std::min(bytes.size(), m_limit - m_size)));
        m_line.append(bytes.first(plain));
        m_size += plain;
        bytes = bytes.sliced(plain);
        if (bytes.isEmpty())
            break;
        const char c = bytes.front();
        bytes = bytes.sliced(1);
        if (const std::optional<Refusal> refusal = take(c))
            return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> HeadReader::take(char c)
{
    if (++m_size > m_limit)
        return Refusal{.status = 431, .reason = u"The head of the request is larger than %1 bytes."_s.arg(m_limit)};
    if (m_afterReturn != (c == '\n'))
        return malformed(u"The lines of the request's head do not all end in CR LF."_s);
    m_afterReturn = c == '\r';
    if (c == '\n')
        return endLine();
    if (m_afterReturn)
        return std::nullopt;
    if (isControl(c))
        return malformed(u"The head of the request contains a control character, so it is not HTTP."_s);
    m_line += c;
    return std::nullopt;
}

std::optional<Refusal> HeadReader::endLine()
{
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        m_complete = !m_lines.isEmpty();
        return std::nullopt;
    }
    if (m_lines.isEmpty() && !parseRequestLine(line))
        return malformed(u"The first line is not a request of HTTP/1.1 or HTTP/1.0."_s);
    if (m_lines.size() > MostHeaders)
        return Refusal{.status = 431, .reason = u"The request has more than %1 headers."_s.arg(MostHeaders)};
    m_lines += line;
    return std::nullopt;
}

std::variant<IncomingHead, Refusal> parseHead(const QList<QByteArray> &lines)
{
    const std::optional<RequestLine> line = lines.isEmpty() ? std::nullopt : parseRequestLine(lines.first());
    if (!line)
        return malformed(u"The first line is not a request of HTTP/1.1 or HTTP/1.0."_s);
    IncomingHead incoming;
    incoming.head.method = line->method;
    incoming.head.target = line->target;
    incoming.isHttp11 = line->isHttp11;
    for (const auto step : {readHeaders, readFraming, readConnection}) {
        if (const std::optional<Refusal> refusal = step(incoming, lines))
            return *refusal;
    }
    return incoming;
}

} // namespace Http
