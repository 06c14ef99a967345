#pragma once

#include "mcp/methods/reply.h"
#include "mcp/methods/sender.h"

#include <QList>

#include <memory>
#include <stop_token>

namespace Mcp {

/// A request in work. Whoever works on it holds it; when the last holder lets go it is no longer pending.
struct PendingRequest
{
    Reply reply;
    Sender sender;
    std::stop_source stop = {};
};

/// What is in work, so that it can be cancelled.
class PendingRequests
{
public:
    std::shared_ptr<PendingRequest> add(const Reply &reply, const Sender &sender);
    qsizetype count() const { return running().size(); }

    /// Cancels the request with this id and drops its answer. There are no sessions and every client counts from 0 or
    /// 1, so the request must be the only one with this id: on the sender's connection, else from its User-Agent.
    bool cancel(const QJsonValue &id, const Sender &sender);
    /// Asks all to stop; each answers for itself.
    void stopAll();
    /// Answers what has not been answered, because nobody will be there to do it.
    void abandonAll();

private:
    QList<std::shared_ptr<PendingRequest>> running() const;

    QList<std::weak_ptr<PendingRequest>> m_requests;
};

} // namespace Mcp
