#pragma once

#include "http/request.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <exception>

namespace Sample {

/// Thrown by a handler that will not do what was asked; the router gives its reply. Nothing else is thrown in this
/// room.
class ApiRefusal final : public std::exception
{
public:
    /// The workspace's error envelope, {"error_code": …, "message": …}.
    ApiRefusal(int status, const QString &errorCode, const QString &message);

    /// 400 INVALID_PARAMETER_VALUE, also for things that do not exist in the older families (clusters, jobs).
    static ApiRefusal invalidParameter(const QString &message);
    static ApiRefusal missingField(const QString &name);
    /// 400 INVALID_STATE
    static ApiRefusal invalidState(const QString &message);
    /// 400 MALFORMED_REQUEST
    static ApiRefusal malformed(const QString &message);
    /// 401 for a request without a bearer token
    static ApiRefusal missingCredential();
    /// 401 for a token that is not this workspace's
    static ApiRefusal invalidToken();
    static ApiRefusal permissionDenied(const QString &message);
    /// 404 ENDPOINT_NOT_FOUND; the API's own text leaves out /api and the version.
    static ApiRefusal noSuchEndpoint(const QByteArray &method, const QString &path);

    const char *what() const noexcept override { return m_reply.body.constData(); }
    const Http::Reply &reply() const { return m_reply; }
    /// The same refusal with google.rpc.ErrorInfo in its details, as the cluster manager gives it.
    ApiRefusal withReason(const QString &reason) const;

private:
    QJsonObject m_envelope;
    Http::Reply m_reply;
};

Http::Reply answer(const QJsonObject &json);

/// The one of items whose key is value; where there is none, throws otherwise.
QJsonObject itemWith(const QJsonArray &items, QLatin1StringView key, const QString &value, const ApiRefusal &otherwise);

} // namespace Sample
