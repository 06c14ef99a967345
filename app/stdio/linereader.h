#pragma once

#include <QByteArray>
#include <QList>

namespace Stdio {

/// A line as it came, without its end; what was longer than allowed is not kept.
struct Line
{
    QByteArray text;
    bool isTooLong = false;
};

/// Cuts bytes as they come into lines (LF or CRLF). Empty lines are passed over.
class LineReader
{
public:
    /// The limit is in bytes, without the line's end.
    explicit LineReader(qsizetype limit)
        : m_limit(limit)
    {}

    QList<Line> read(QByteArrayView bytes);
    /// The input has ended: what came after the last line feed is a line, too.
    QList<Line> end();

private:
    void append(QByteArrayView part);
    void takeLine(QList<Line> *lines);

    qsizetype m_limit;
    QByteArray m_line;
    bool m_isTooLong = false;
};

} // namespace Stdio
