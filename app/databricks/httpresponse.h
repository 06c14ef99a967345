#pragma once

#include "databricks/apierror.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QUrl>

namespace Databricks {

/// Why there is no whole answer.
enum class Failure {
    None,
    Refused,     ///< no connection was made
    Unreachable, ///< no connection was made, and trying again soon will not help: no such host, proxy
    Lost,        ///< the connection ended early; the workspace may have done what was asked
    TimedOut,
    Tls,
    Cut,     ///< the answer began and did not end
    TooLong, ///< longer than wanted
    Garbled, ///< not HTTP
    Stopped  ///< by the caller
};

/// What became of one HTTP request: an answer, of whatever status, or a failure and its words for a person.
struct HttpResponse
{
    Failure failure = Failure::None;
    QString words;
    int status = 0;
    QString reasonPhrase;
    QByteArray contentType;
    QByteArray retryAfter;
    QByteArray contentRange; ///< "bytes 0-99/1234", where a part was asked for
    QUrl redirect;           ///< resolved; empty if it is none
    QByteArray body;
};

/// Whether a web page came: what logins and proxies answer with.
bool isPage(const HttpResponse &response);
ApiError pageInsteadOfData();

/// The JSON object of a 2xx answer; an empty body is {}. Throws ApiError: BadAnswer, or what an answer says that is an
/// error in spite of its status.
QJsonObject jsonOf(const HttpResponse &response);

/// Whether it leads to a login page, which no request of the API has a use for.
bool isLogin(const QUrl &redirect);

/// What is not a 2xx answer, as an error.
ApiError errorOf(const HttpResponse &response, bool isRead);

} // namespace Databricks
