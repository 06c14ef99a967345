#include "sample/server/apianswers.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

ApiRefusal::ApiRefusal(int status, const QString &errorCode, const QString &message)
    : m_envelope{{u"error_code"_s, errorCode}, {u"message"_s, message}}
{
    m_reply.status = status;
    m_reply.body = compact(m_envelope);
}

ApiRefusal ApiRefusal::withReason(const QString &reason) const
{
    ApiRefusal detailed = *this;
    const QJsonObject info{{u"@type"_s, u"type.googleapis.com/google.rpc.ErrorInfo"_s},
                           {u"reason"_s, reason},
                           {u"domain"_s, QString()},
                           {u"metadata"_s, QJsonObject()}};
    detailed.m_envelope.insert(u"details"_s, QJsonArray{info});
    detailed.m_reply.body = compact(detailed.m_envelope);
    return detailed;
}

ApiRefusal ApiRefusal::invalidParameter(const QString &message)
{
    return {400, u"INVALID_PARAMETER_VALUE"_s, message};
}

ApiRefusal ApiRefusal::missingField(const QString &name)
{
    return invalidParameter(u"Missing required field: "_s + name);
}

ApiRefusal ApiRefusal::invalidState(const QString &message)
{
    return {400, u"INVALID_STATE"_s, message};
}

ApiRefusal ApiRefusal::malformed(const QString &message)
{
    return {400, u"MALFORMED_REQUEST"_s, message};
}

ApiRefusal ApiRefusal::missingCredential()
{
    return {401, u"401"_s, u"Credential was not sent or was of an unsupported type for this API."_s};
}

ApiRefusal ApiRefusal::invalidToken()
{
    return {401, u"UNAUTHENTICATED"_s, u"Invalid access token."_s};
}

ApiRefusal ApiRefusal::permissionDenied(const QString &message)
{
    return {403, u"PERMISSION_DENIED"_s, message};
}

ApiRefusal ApiRefusal::noSuchEndpoint(const QByteArray &method, const QString &path)
{
    static const QRegularExpression version(u"^/api/\\d+\\.\\d+(?=/)"_s);
    const QString shortened = QString(path).remove(version);
    return {404, u"ENDPOINT_NOT_FOUND"_s, u"No API found for '%1 %2'"_s.arg(QString::fromLatin1(method), shortened)};
}

Http::Reply answer(const QJsonObject &json)
{
    Http::Reply reply;
    reply.body = compact(json);
    return reply;
}

QJsonObject itemWith(const QJsonArray &items, QLatin1StringView key, const QString &value, const ApiRefusal &otherwise)
{
    for (const QJsonValue item : items) {
        if (item[key] == value)
            return item.toObject();
    }
    throw otherwise;
}

} // namespace Sample
