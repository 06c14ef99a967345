#pragma once

#include "http/request.h"

#include <QByteArrayView>

#include <optional>

namespace Http {

/// Collects the head of a request from bytes as they come, and refuses it at the first byte that can't belong to one:
/// line ends other than CRLF, control characters, a bad request line, too much of it (RFC 9112 sections 2.2 and 3).
class HeadReader
{
public:
    explicit HeadReader(qint64 limit)
        : m_limit(limit)
    {}

    /// Takes what belongs to the head from the front of bytes.
    std::optional<Refusal> read(QByteArrayView &bytes);

    /// A byte of the head has come; empty lines in front of it don't count.
    bool hasBegun() const { return !m_lines.isEmpty() || !m_line.isEmpty(); }
    bool isComplete() const { return m_complete; }
    /// The request line and the header lines, without line ends.
    const QList<QByteArray> &lines() const { return m_lines; }

private:
    std::optional<Refusal> take(char c);
    std::optional<Refusal> endLine();

    qint64 m_limit;
    qint64 m_size = 0;
    QByteArray m_line;
    QList<QByteArray> m_lines;
    bool m_afterReturn = false;
    bool m_complete = false;
};

} // namespace Http
