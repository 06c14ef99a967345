#pragma once

#include <QByteArray>
#include <QString>

#include <exception>

namespace Databricks {

/// The one error of the REST client: what was asked, what came back, and what to try next.
/// Error shapes: https://docs.databricks.com/api, section "Errors"; the SDKs' parsers for the older ones.
class ApiError final : public std::exception
{
public:
    enum class Kind {
        BadRequest,       ///< 400 and its error codes
        Unauthenticated,  ///< 401: the token is wrong, expired or revoked
        PermissionDenied, ///< 403
        NotFound,         ///< 404, and 400 INVALID_PARAMETER_VALUE "... does not exist"
        Conflict,         ///< 409, ALREADY_EXISTS, ABORTED
        InvalidState,     ///< INVALID_STATE
        RateLimited,      ///< 429 after the retry budget was spent
        Unavailable,      ///< 503 after the retry budget was spent, 504
        ServerFault,      ///< every other 5xx
        NoCredentials,    ///< there is no token to send
        Unreachable,      ///< no such host, refused, reset, proxy
        Tls,              ///< the certificate was not accepted
        Timeout,
        Redirected, ///< to another host: a login page, private link
        BadAnswer,  ///< not JSON, cut short, too long
        Forbidden,  ///< by the person, on this side: nothing was sent
        Cancelled
    };

    ApiError(Kind kind, const QString &message);

    /// From an HTTP answer with an error status, in any of the shapes a workspace gives.
    static ApiError fromAnswer(int status, const QByteArray &contentType, const QByteArray &body,
                               const QString &reasonPhrase);

    const char *what() const noexcept override;

    Kind kind() const { return m_kind; }
    int status() const { return m_status; }             ///< HTTP status; 0 without an answer
    const QString &errorCode() const { return m_code; } ///< "RESOURCE_DOES_NOT_EXIST"; may be empty
    const QString &message() const { return m_message; }
    const QString &request() const { return m_request; } ///< "POST /api/2.1/clusters/start"
    /// Whether the request may have changed something all the same: its answer was lost or says nothing.
    bool isInDoubt() const { return m_inDoubt; }
    /// What a person or a model can do about it; empty where nobody knows.
    QString advice() const;
    /// Message, code, advice and doubt in one text, as a tool's answer gives it.
    QString text() const;

    ApiError &setRequest(const QString &request);
    ApiError &setInDoubt(bool inDoubt);

private:
    Kind m_kind;
    int m_status = 0;
    bool m_inDoubt = false;
    QString m_code;
    QString m_message;
    QString m_request;
    QByteArray m_what;
};

} // namespace Databricks
