#pragma once

#include "mcp/protocol/answer.h"
#include "mcp/protocol/message.h"
#include "mcp/types/revision.h"

#include <chrono>

namespace Mcp {

/// The way back for one request, in the shape of its revision: handlers give their results as the newest revision has
/// them, and what came in later than the request's own is left out.
class Reply
{
public:
    Reply(QJsonValue id, Revision revision, QJsonObject serverInfo, AnswerPtr answer);

    const QJsonValue &id() const { return m_id; }
    const Revision &revision() const { return m_revision; }
    const AnswerPtr &answer() const { return m_answer; }

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
    AnswerPtr m_answer;
};

/// The result with how long a client may keep it (2026-07-28, server/utilities/caching). Everything here depends on
/// whose workspace it is: never for anybody else.
QJsonObject cacheable(QJsonObject result, std::chrono::milliseconds freshFor);

} // namespace Mcp
