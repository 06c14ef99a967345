#pragma once

#include "stdio/outgoing.h"

#include <QList>

namespace Stdio {

/// Lines of the client that wait until less is under way, in their order.
class Backlog
{
public:
    bool isEmpty() const { return m_lines.isEmpty(); }
    /// The client must wait with further ones.
    bool isFull() const;
    void append(const Outgoing &outgoing);
    const Outgoing &first() const { return m_lines.first(); }
    Outgoing takeFirst();
    /// Takes out the request with this id; false where it is not there, or not alone on its line.
    bool remove(const QJsonValue &id);

private:
    QList<Outgoing> m_lines;
    qsizetype m_size = 0; ///< in bytes
};

} // namespace Stdio
