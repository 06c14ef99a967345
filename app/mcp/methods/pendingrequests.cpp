#include "mcp/methods/pendingrequests.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

using Found = QList<std::shared_ptr<PendingRequest>>;

template<typename Condition>
Found only(const Found &requests, Condition condition)
{
    Found found;
    std::copy_if(requests.begin(), requests.end(), std::back_inserter(found), condition);
    return found;
}

} // namespace

std::shared_ptr<PendingRequest> PendingRequests::add(const Reply &reply, const Peer &peer)
{
    m_requests.removeIf([](const std::weak_ptr<PendingRequest> &request) { return request.expired(); });
    const auto request = std::make_shared<PendingRequest>(PendingRequest{.reply = reply, .peer = peer});
    m_requests << request;
    return request;
}

bool PendingRequests::isFull(const QString &keyName) const
{
    const Found all = running();
    const Found sameKey = only(all, [&keyName](const auto &request) { return request->peer.keyName == keyName; });
    return all.size() >= MostOfAll || sameKey.size() >= MostAtOnce;
}

bool PendingRequests::cancel(const QJsonValue &id, const Peer &peer)
{
    const Found meant = only(running(), [&](const auto &request) {
        const Peer &its = request->peer;
        const bool isSamePlace =
            peer.session.isEmpty() ? its.connection == peer.connection : its.session == peer.session;
        return request->reply.id() == id && its.principal == peer.principal && isSamePlace;
    });
    if (meant.size() != 1)
        return false;
    // The answer first: stopping may make the work answer at once.
    meant.first()->reply.responder()->drop();
    meant.first()->stop.request_stop();
    return true;
}

void PendingRequests::endThoseOf(const QString &keyName, const QString &words)
{
    for (const auto &request : running()) {
        if (request->peer.keyName != keyName)
            continue;
        request->reply.error(ErrorCode::InternalError, words);
        request->stop.request_stop();
    }
}

void PendingRequests::stopAll()
{
    for (const auto &request : running())
        request->stop.request_stop();
}

void PendingRequests::abandonAll()
{
    for (const auto &request : running())
        request->reply.error(ErrorCode::InternalError, u"The server was stopped before the request was done."_s);
}

QList<std::shared_ptr<PendingRequest>> PendingRequests::running() const
{
    QList<std::shared_ptr<PendingRequest>> running;
    for (const std::weak_ptr<PendingRequest> &request : m_requests) {
        if (const auto alive = request.lock())
            running << alive;
    }
    return running;
}

} // namespace Mcp
