#pragma once

#include <QByteArray>
#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QPointer>
#include <QString>
#include <QUrl>

#include <chrono>
#include <stop_token>

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
struct Answer
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

/// How far one HTTP request may go.
struct Limits
{
    std::chrono::milliseconds time; ///< for the whole of it, from the connection to the last byte
    qint64 answerBytes;
};

/// Sends one HTTP request once. GET goes without a body; any other verb's body is never sent twice. Does not throw.
QCoro::Task<Answer> transport(QPointer<QNetworkAccessManager> network, QByteArray verb, QNetworkRequest request,
                              QByteArray body, Limits limits, std::stop_token stop);

} // namespace Databricks
