#pragma once

#include "mcp/methods/peers.h"
#include "mcp/methods/reply.h"

#include <QList>

#include <memory>
#include <stop_token>

namespace Mcp {

/// A request in work. Whoever works on it holds it; when the last holder lets go it is no longer pending.
struct PendingRequest
{
    Reply reply;
    Peer peer;
    std::stop_source stop = {};
};

/// What is in work, so that it can be cancelled.
class PendingRequests
{
public:
    static constexpr qsizetype MostAtOnce = 64; ///< of one access key
    static constexpr qsizetype MostOfAll = 192; ///< of all together

    std::shared_ptr<PendingRequest> add(const Reply &reply, const Peer &peer);
    /// As many of this access key, or of all, are in work as may be at a time: further ones are to be told to try
    /// again.
    bool isFull(const QString &keyName) const;

    /// Cancels the request with this id and drops its answer. Every client counts from 0 or 1, and all windows of one
    /// may show the same key: a request is cancelled in the session that it was made in or, by a client that shows
    /// none, on its own connection. In doubt nothing is cancelled.
    bool cancel(const QJsonValue &id, const Peer &peer);
    /// Answers those of this access key with an error and stops them.
    void endThoseOf(const QString &keyName, const QString &words);
    /// Asks all to stop; each answers for itself.
    void stopAll();
    /// Answers all that still run with an error: their connections are about to close.
    void abandonAll();

private:
    QList<std::shared_ptr<PendingRequest>> running() const;

    QList<std::weak_ptr<PendingRequest>> m_requests;
};

} // namespace Mcp
