#pragma once

#include <QByteArray>
#include <QByteArrayList>
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

/// Takes the messages out of an event stream (text/event-stream; WHATWG HTML, section 9.2.6). Comments, names, ids and
/// retry times are nothing to the relay.
class EventReader
{
public:
    /// The data of the events that are complete with these bytes, data lines joined by line feeds.
    QByteArrayList read(QByteArrayView bytes);

private:
    QByteArray m_unread;
    QByteArray m_data;
    bool m_hasData = false;
};

} // namespace Stdio
