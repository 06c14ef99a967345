#pragma once

#include "stdio/delivery.h"
#include "stdio/outgoing.h"
#include "stdio/serverfinder.h"
#include "stdio/serverstream.h"
#include "stdio/streamreaders.h"
#include "stdio/streams.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace Stdio {

/// The stdio transport (2025-11-25 and 2026-07-28, basic/transports): relays the JSON-RPC lines of one client to the
/// application that runs, and what it answers back. The bridge knows no method of the protocol, except where the two
/// transports differ: the revision that HTTP wants in a header, the stream of the server, and cancellation.
class Bridge : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Bridge)

public:
    static constexpr qsizetype LongestLine = 4 * 1024 * 1024; ///< in bytes; the application takes no longer body

    struct Options
    {
        int input = 0;
        int output = 1;
        QString dataDir; ///< of the application that is meant
        Launch launch;
        QByteArray version;
        std::chrono::milliseconds longestEnding = std::chrono::seconds(5); ///< from the client's end to ours
    };

    explicit Bridge(const Options &options, QObject *parent = nullptr);
    ~Bridge() override;

    void begin();

Q_SIGNALS:
    /// For stderr. Never holds the access key.
    void noted(const QString &words);
    /// The client has closed its end, and what could still be answered is.
    void finished();

private:
    void take(const Line &line);
    bool cancel(const Outgoing &outgoing);
    void postBacklog();
    bool hasRoomFor(const Outgoing &outgoing) const;
    void post(const Outgoing &outgoing);
    void sendWaiting(const Instance::ServerAccess &server);
    void failWaiting(const QString &reason);
    void learn(const Delivery &delivery, const QJsonObject &response);
    void remove(Delivery *delivery);
    void write(const QByteArray &message);
    void end();
    void finishIfDone();
    void finish();
    Headers furtherHeaders(const Outgoing &outgoing) const;

    const QByteArray m_userAgent;
    const std::chrono::milliseconds m_longestEnding;
    Streams m_streams;
    LineReader m_lines;
    ServerFinder m_finder;
    ServerStream m_serverStream;
    Backlog m_backlog;
    QList<Delivery *> m_deliveries;
    QByteArray m_revision; ///< agreed on by initialize, before 2026-07-28
    QTimer m_again;
    bool m_isEnding = false;
    bool m_isFinished = false;
};

} // namespace Stdio
