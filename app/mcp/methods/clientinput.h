#pragma once

#include "mcp/methods/pendingrequests.h"
#include "mcp/protocol/message.h"
#include "mcp/protocol/tokensigner.h"
#include "mcp/types/input.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Mcp {

/// Requests for input to clients before 2026-07-28: they go out as requests of ours on the event stream of the client's
/// own request, and their answers come in with other POSTs (2025-11-25, basic/transports). The ids are unguessable,
/// since there are no sessions to match them with.
class ClientRequests
{
public:
    /// The answers under the keys of the requests; or why there will be none, in words for the client.
    using Answered = std::function<void(const QJsonObject &answers, const QString &problem)>;

    ClientRequests() = default;
    Q_DISABLE_COPY_MOVE(ClientRequests)

    /// Asks all at once. Tells when the last answer is there, when one is refused, or when the request is cancelled.
    void ask(const InputRequired &input, const std::shared_ptr<PendingRequest> &pending, const Answered &answered);
    void answer(const Response &response, const Peer &peer);

private:
    struct Round;

    void finish(const std::shared_ptr<Round> &round, const QString &problem);

    QHash<QString, std::shared_ptr<Round>> m_rounds; ///< by the id of each question that is open
};

/// How long a client may take to gather input before the request has to begin anew.
inline constexpr std::chrono::minutes RequestStateLifetime(15);

/// What the request states of one request are bound to: its method, its arguments and who makes it (2026-07-28,
/// basic/patterns/mrtr, "Server Requirements").
QByteArray stateBinding(const Request &request, const QByteArray &principal);

/// A handler's state as the client gets it: sealed, with an end.
QString signedState(const QJsonObject &state, const TokenSigner &signer, const QByteArray &binding);
/// The state that a client brings back: empty where it brings none, nothing where it is not the one that was given.
std::optional<QJsonObject> verifiedState(const QJsonObject &params, const TokenSigner &signer,
                                         const QByteArray &binding);

} // namespace Mcp
