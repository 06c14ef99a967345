#include "stdio/eventreader.h"

#include <utility>

namespace Stdio {

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
