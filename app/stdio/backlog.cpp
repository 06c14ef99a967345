#include "stdio/backlog.h"

#include <algorithm>

namespace Stdio {

namespace {

constexpr qsizetype Most = qsizetype(16) * 1024 * 1024; ///< in bytes
constexpr qsizetype Overhead = 1024;                    ///< of a line, roughly

qsizetype sizeOf(const Outgoing &outgoing)
{
    return outgoing.line.size() + Overhead;
}

} // namespace

bool Backlog::isFull() const
{
    return m_size > Most;
}

void Backlog::append(const Outgoing &outgoing)
{
    m_lines.append(outgoing);
    m_size += sizeOf(outgoing);
}

Outgoing Backlog::takeFirst()
{
    Outgoing first = m_lines.takeFirst();
    m_size -= sizeOf(first);
    return first;
}

bool Backlog::remove(const QJsonValue &id)
{
    const auto found = std::find_if(m_lines.cbegin(), m_lines.cend(), [&id](const Outgoing &outgoing) {
        return outgoing.ids.size() == 1 && outgoing.ids.first() == id;
    });
    if (found == m_lines.cend())
        return false;
    m_size -= sizeOf(*found);
    m_lines.erase(found);
    return true;
}

} // namespace Stdio
