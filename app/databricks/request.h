#pragma once

#include "common/exchange.h"
#include "databricks/httpresponse.h"
#include "databricks/retry.h"
#include "databricks/tokensource.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <stop_token>

namespace Databricks {

/// What all copies of a Workspace share.
struct Connection
{
    QUrl host;
    QByteArray workspaceId; ///< its number, where the host serves several workspaces; else empty
    std::shared_ptr<TokenSource> tokens;
    QPointer<QNetworkAccessManager> network;
    QByteArray userAgent;
    RetryPolicy retries;
};

/// Asked before each request that may change something, and each time it is tried again. Throws ApiError where it must
/// not be sent any more.
using BeforeChange = std::function<void()>;

/// A Workspace's inside: the connection, and whose call it serves.
struct CallContext
{
    std::shared_ptr<const Connection> connection;
    Rest::Observer observer;
    std::stop_token stop;  ///< nothing is begun any more
    std::stop_token abort; ///< what is under way is given up
    QDeadlineTimer due = QDeadlineTimer::Forever;
    BeforeChange beforeChange = {};
};

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
QCoro::Task<HttpResponse> send(std::shared_ptr<const CallContext> context, Ask ask);

/// send(), and the answer as JSON. Throws ApiError.
QCoro::Task<QJsonObject> request(std::shared_ptr<const CallContext> context, Ask ask);

/// Waits for so long; throws ApiError Cancelled when the call is stopped before.
QCoro::Task<> pause(std::shared_ptr<const CallContext> context, std::chrono::milliseconds time);

} // namespace Databricks
