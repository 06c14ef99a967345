#pragma once

#include "http/request.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Http {

/// One request and its answer: a whole reply, or a stream of events (text/event-stream). It owns the connection's
/// write side until it is finished; nothing else writes. Safe to keep for as long as the work takes: when the client
/// has left, or the server was closed, every call does nothing.
class Exchange : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Exchange)

public:
    ~Exchange() override = default;

    virtual const Request &request() const = 0;

    /// Sends the whole answer. A second answer is a programming error.
    virtual void respond(Reply reply) = 0;
    /// Drops the connection without an answer.
    virtual void abort() = 0;

    /// Begins an event stream: status 200, text/event-stream, no buffering by proxies. Comments keep it alive from then
    /// on.
    virtual void beginStream() = 0;
    /// Sends one event; data may not contain line feeds that are not wanted as several data lines.
    virtual void sendEvent(const QByteArray &data) = 0;
    virtual void endStream() = 0;

    /// True when the answer is complete or nobody is there to read it.
    virtual bool isFinished() const = 0;
    virtual bool isStreaming() const = 0;
    /// Names the connection for as long as it lasts, so that what was learned from one of its requests serves the next.
    virtual quint64 connectionId() const = 0;

Q_SIGNALS:
    /// The client closed the connection, was too slow to read, or the server was closed, before the answer was
    /// complete.
    void clientLeft();

protected:
    Exchange() = default;
};

using ExchangePtr = std::shared_ptr<Exchange>;
/// Gets every request that was admitted and read whole.
using Handler = std::function<void(ExchangePtr)>;

} // namespace Http
