#pragma once

#include "mcp/types/wirenames.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <utility>

namespace Stdio {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// A line that the client wrote, and what the HTTP transport has to know of it (2026-07-28, basic/transports). What is
/// no message passes through as well: the server has the words for it.
struct Outgoing
{
    QByteArray line;
    QString method = {};                          ///< of a single request or notification
    QJsonArray ids = {};                          ///< of the requests: what must be answered
    QJsonValue cancelled = QJsonValue::Undefined; ///< the id that notifications/cancelled names
    bool isModern = false;                        ///< the message says its revision itself, as all do since 2026-07-28
    Headers headers = {};                         ///< those that repeat what the message says, in the modern era

    /// Waits for nobody's answer: a cancellation, an answer to the server, and a stream, which stays open anyway.
    bool overtakes() const
    {
        return !cancelled.isUndefined() || isSubscription() || (ids.isEmpty() && method.isEmpty());
    }
    /// Its answer is a stream that stays open.
    bool isSubscription() const { return method == Mcp::MethodName::Listen; }
};

Outgoing readOutgoing(const QByteArray &line);

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
