#pragma once

#include "mcp/protocol/message.h"
#include "mcp/types/requestcontext.h"
#include "mcp/types/revision.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

#include <chrono>
#include <functional>
#include <memory>

namespace Mcp {

/// The way back for one request, as the transport has it. Takes exactly one final message, or is dropped; all that
/// comes later is ignored.
class Responder
{
public:
    Responder() = default;
    virtual ~Responder() = default;
    Q_DISABLE_COPY_MOVE(Responder)

    /// Sends the final message, under an HTTP status where there is still a choice.
    virtual void send(const QByteArray &message, int status = 200) = 0;
    /// Sends a message that belongs to the request and comes before the final one. False where the way back does not
    /// allow it.
    virtual bool notify(const QByteArray &message) = 0;
    /// Ends without a final message: the request was cancelled.
    virtual void drop() = 0;
    /// The work may take its time: a client should not be left without a sign of life.
    virtual void expectDelay() {}
    /// Begins an event stream at once. False where the client takes none.
    virtual bool openStream() { return false; }
    /// Gives the client an opaque session id along with the answer (before 2026-07-28).
    virtual void handOutSession(const QByteArray &) {}
    /// Whom to tell when the client leaves before the answer is complete. One at a time.
    virtual void whenClientLeaves(std::function<void()>) {}
};

using ResponderPtr = std::shared_ptr<Responder>;

/// The way back for one request, in the shape of its revision: handlers give their results as the newest revision has
/// them, and what came in later than the request's own is left out.
class Reply
{
public:
    Reply(QJsonValue id, Revision revision, QJsonObject serverInfo, ResponderPtr responder);

    const QJsonValue &id() const { return m_id; }
    const Revision &revision() const { return m_revision; }
    const ResponderPtr &responder() const { return m_responder; }

    void result(const QJsonObject &result) const;
    /// With the HTTP status that belongs to the code in the modern era; 200 before.
    void error(const Error &error) const;
    void error(int code, const QString &words) const { error(Error{.code = code, .message = words}); }
    /// A result as this revision has it, without sending it.
    QJsonObject shaped(QJsonObject result) const;

private:
    QJsonValue m_id;
    Revision m_revision;
    QJsonObject m_serverInfo;
    ResponderPtr m_responder;
};

/// The result with how long a client may keep it (2026-07-28, server/utilities/caching). Everything here depends on
/// whose workspace it is: never for anybody else.
QJsonObject cacheable(QJsonObject result, std::chrono::milliseconds freshFor);

/// Sends notifications/progress beside the answer (2025-11-25, basic/utilities/progress): only for a request that gave
/// a token, only values above the last, nothing after the answer. Empty without a token.
RequestContext::Progress progressTo(const ResponderPtr &responder, const QJsonValue &token);
/// Sends notifications/message beside the answer, from the level on (2025-11-25, server/utilities/logging).
RequestContext::Log logTo(const ResponderPtr &responder, LogLevel from);

} // namespace Mcp
