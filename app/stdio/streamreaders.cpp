#include "stdio/streamreaders.h"

#include <utility>

namespace Stdio {

QList<Line> LineReader::read(QByteArrayView bytes)
{
    QList<Line> lines;
    while (true) {
        const qsizetype end = bytes.indexOf('\n');
        append(bytes.first(end < 0 ? bytes.size() : end));
        if (end < 0)
            return lines;
        takeLine(&lines);
        bytes = bytes.sliced(end + 1);
    }
}

QList<Line> LineReader::end()
{
    QList<Line> lines;
    takeLine(&lines);
    return lines;
}

void LineReader::append(QByteArrayView part)
{
    constexpr qsizetype Return = 1; // of CRLF
    m_isTooLong = m_isTooLong || m_line.size() + part.size() > m_limit + Return;
    if (m_isTooLong)
        m_line.clear();
    else
        m_line.append(part);
}

void LineReader::takeLine(QList<Line> *lines)
{
    Line line{.text = std::exchange(m_line, {}), .isTooLong = std::exchange(m_isTooLong, false)};
    if (line.text.endsWith('\r'))
        line.text.chop(1);
    if (line.text.size() > m_limit)
        line = {.text = {}, .isTooLong = true};
    if (line.isTooLong || !line.text.trimmed().isEmpty())
        lines->append(line);
}

QByteArrayList EventReader::read(QByteArrayView bytes)
{
    QByteArrayList events;
    m_unread.append(bytes);
    qsizetype from = 0;
    for (qsizetype end = 0; (end = m_unread.indexOf('\n', from)) >= 0; from = end + 1) {
        QByteArrayView line = QByteArrayView(m_unread).sliced(from, end - from);
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.isEmpty()) {
            if (std::exchange(m_hasData, false))
                events += std::exchange(m_data, {});
        } else if (line.startsWith("data:")) {
            line = line.sliced(5);
            if (line.startsWith(' '))
                line = line.sliced(1);
            if (std::exchange(m_hasData, true))
                m_data += '\n';
            m_data.append(line);
        }
    }
    m_unread.remove(0, from);
    return events;
}

} // namespace Stdio
