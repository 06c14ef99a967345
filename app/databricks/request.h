#pragma once

#include "databricks/callcontext.h"
#include "databricks/transport.h"

namespace Databricks {

/// A REST request to make.
class Ask
{
public:
    Ask(const QByteArray &verb, const QString &path, const QUrlQuery &query = {}, const QByteArray &body = {})
        : verb(verb)
        , path(path)
        , query(query)
        , body(body)
        , isRead(verb == "GET")
    {}

    QByteArray verb;
    QString path;
    QUrlQuery query;
    QByteArray body;
    QByteArray contentType = "application/json"; ///< of the body
    QByteArray accept = "application/json";
    QByteArray range;        ///< of bytes, "bytes=0-99"; empty: all
    bool isRead;             ///< changes nothing, so that it may be sent again
    bool takesPages = false; ///< where an endpoint may answer with HTML
};

/// One REST request from end to end: token, attempts, redirects, waits. The answer is a good one: 2xx, or 416 where a
/// range was asked for, and not a web page. Throws ApiError.
QCoro::Task<Answer> send(std::shared_ptr<const CallContext> context, Ask ask);

/// send(), and the answer as JSON. Throws ApiError.
QCoro::Task<QJsonObject> request(std::shared_ptr<const CallContext> context, Ask ask);

/// Waits for so long; throws ApiError Cancelled when the call is stopped before.
QCoro::Task<> pause(std::shared_ptr<const CallContext> context, std::chrono::milliseconds time);

} // namespace Databricks
