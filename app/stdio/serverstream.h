#pragma once

#include "stdio/httpcall.h"
#include "stdio/streamreaders.h"

#include <QObject>

namespace Stdio {

/// The stream on which the application tells a client that was initialized what nobody asked for, such as a changed
/// list of tools. Wanted from then on, and opened again whenever it ends.
class ServerStream : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerStream)

public:
    explicit ServerStream(QObject *parent = nullptr);

    /// The client was initialized; the headers are those of its other requests.
    void want(const Headers &headers);
    /// The application serves there: opens the stream, if it is wanted and not open.
    void open(const Instance::ServerAccess &server);
    /// There is nothing to open it at; it will be wanted() again.
    void postpone();

Q_SIGNALS:
    /// Where does the application serve?
    void wanted();
    void arrived(const QByteArray &message);

private:
    void takeBody(const QByteArray &bytes);
    void onEnded();

    Headers m_headers; ///< empty: not wanted
    HttpCall *m_call = nullptr;
    EventReader m_events;
    RetryTimer m_retry;
};

} // namespace Stdio
