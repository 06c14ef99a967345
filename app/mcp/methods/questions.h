#pragma once

#include "mcp/methods/pendingrequests.h"
#include "mcp/protocol/message.h"
#include "mcp/types/input.h"

#include <QHash>

#include <functional>
#include <memory>

namespace Mcp {

/// Requests for input to clients before 2026-07-28: they go out as requests of ours on the event stream of the client's
/// own request, and their answers come in with other POSTs (2025-11-25, basic/transports). The ids are unguessable,
/// since there are no sessions to match them with.
class Questions
{
public:
    /// The answers under the keys of the requests; or why there will be none, in words for the client.
    using Answered = std::function<void(const QJsonObject &answers, const QString &problem)>;

    Questions() = default;
    Q_DISABLE_COPY_MOVE(Questions)

    /// Asks all at once. Tells when the last answer is there, when one is refused, or when the request is cancelled.
    void ask(const InputRequired &input, const std::shared_ptr<PendingRequest> &pending, const Answered &answered);
    void answer(const Response &response, const Sender &sender);

private:
    struct Round;

    void finish(const std::shared_ptr<Round> &round, const QString &problem);

    QHash<QString, std::shared_ptr<Round>> m_rounds; ///< by the id of each question that is open
};

} // namespace Mcp
