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
    static constexpr qsizetype MostAtOnce = 64;

    std::shared_ptr<PendingRequest> add(const Reply &reply, const Peer &peer);
    /// As many are in work as may be at a time: further ones are to be told to try again.
    bool isFull() const;

    /// Cancels the request with this id and drops its answer. There are no sessions and every client counts from 0 or
    /// 1, so the request must be the only one with this id: on the peer's connection, else from its User-Agent.
    bool cancel(const QJsonValue &id, const Peer &peer);
    /// Asks all to stop; each answers for itself.
    void stopAll();
    /// Answers all that still run with an error: their connections are about to close.
    void abandonAll();

private:
    QList<std::shared_ptr<PendingRequest>> running() const;

    QList<std::weak_ptr<PendingRequest>> m_requests;
};

} // namespace Mcp
