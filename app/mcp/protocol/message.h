#pragma once

#include "mcp/types/requestcontext.h"
#include "mcp/types/toolrequest.h"
#include "mcp/types/wirenames.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace Mcp {

struct Error
{
    int code = ErrorCode::InternalError;
    QString message;
    QJsonObject data = {};
};

/// An id is a string or an integer, kept exactly as it was sent; Undefined where none could be read.
struct Request
{
    QJsonValue id;
    QString method;
    QJsonObject params;
};

struct Notification
{
    QString method;
    QJsonObject params;
};

/// A client's answer to a request of ours.
struct Response
{
    QJsonValue id;
    QJsonObject result = {};
    std::optional<Error> error = {};
};

/// What a modern request says of itself in params._meta. It need not be there or right: see problem().
class RequestMeta
{
public:
    explicit RequestMeta(const QJsonObject &params);

    /// True for a request that names a revision, however wrongly: it is to be judged as a modern one.
    bool isClaimed() const;
    /// Empty, or the key that is missing or is not what it must be.
    QString problem() const;

    QString revision() const;
    QJsonObject capabilities() const;
    /// Without a name where the client did not introduce itself.
    Client client() const;
    /// From which level on log messages are wanted; nothing: none.
    std::optional<LogLevel> logLevel() const;

private:
    QJsonObject m_meta;
};

/// What could not be read as a message, and what to answer.
struct Malformed
{
    QJsonValue id;
    Error error;
};

using Message = std::variant<Request, Notification, Response, Malformed>;

/// The body of one POST: a single message, or several in an array (a batch, known to 2025-03-26 alone).
struct Payload
{
    QList<Message> messages;
    bool isBatch = false;
};

/// Reads a body. Never fails: what cannot be read becomes one Malformed.
Payload parse(const QByteArray &body);

bool isRequestId(const QJsonValue &id);

/// Messages as they go on the wire: compact JSON without line feeds.
QByteArray resultMessage(const QJsonValue &id, const QJsonObject &result);
/// Without an id where it is Undefined, as the schema of 2025-11-25 has it (JSONRPCErrorResponse).
QByteArray errorMessage(const QJsonValue &id, const Error &error);
QByteArray notificationMessage(const QString &method, const QJsonObject &params);
QByteArray requestMessage(const QJsonValue &id, const QString &method, const QJsonObject &params);

} // namespace Mcp
