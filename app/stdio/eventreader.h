#pragma once

#include <QByteArrayList>

namespace Stdio {

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
