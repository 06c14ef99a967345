#include "http/headreader.h"

#include "http/headparser.h"

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr qsizetype MostHeaders = 100; // Qt's header parser drops all of them, lengths included, when there are more

Refusal malformed(const QString &reason)
{
    return Refusal{.status = 400, .reason = reason};
}

bool isControl(char c)
{
    return (uchar(c) < 0x20 && c != '\t') || c == 0x7f;
}

} // namespace

std::optional<Refusal> HeadReader::read(QByteArrayView &bytes)
{
    while (!bytes.isEmpty() && !m_complete) {
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

} // namespace Http
