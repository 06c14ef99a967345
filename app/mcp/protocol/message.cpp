#include "mcp/protocol/message.h"

#include "common/json.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestBatch = 100;

Payload single(const Message &message)
{
    return {.messages = {message}};
}

Message malformed(const QJsonValue &id, int code, const QString &words)
{
    return Malformed{.id = id, .error = {.code = code, .message = words}};
}

Response readResponse(const QJsonValue &id, const QJsonObject &object)
{
    Response response{.id = id, .result = object[u"result"_s].toObject()};
    if (object.contains(u"error"_s)) {
        const QJsonObject error = object[u"error"_s].toObject();
        response.error = Error{.code = error[u"code"_s].toInt(), .message = error[u"message"_s].toString()};
    }
    return response;
}

Message read(const QJsonValue &value)
{
    if (!value.isObject())
        return malformed(QJsonValue::Undefined, ErrorCode::InvalidRequest, u"A message must be a JSON object."_s);

    const QJsonObject object = value.toObject();
    const QJsonValue sentId = object[u"id"_s];
    const QJsonValue id = isRequestId(sentId) ? sentId : QJsonValue(QJsonValue::Undefined);
    if (object[u"jsonrpc"_s].toString() != u"2.0"_s)
        return malformed(id, ErrorCode::InvalidRequest, u"A message must say \"jsonrpc\": \"2.0\"."_s);

    const QJsonValue method = object[u"method"_s];
    if (method.isUndefined() && (object.contains(u"result"_s) || object.contains(u"error"_s)))
        return readResponse(id, object);
    if (!method.isString() || method.toString().isEmpty())
        return malformed(id, ErrorCode::InvalidRequest, u"A request must name its method."_s);

    const QJsonValue params = object[u"params"_s];
    if (!params.isUndefined() && !params.isNull() && !params.isObject())
        return malformed(id, ErrorCode::InvalidRequest, u"\"params\" must be a JSON object."_s);

    if (sentId.isUndefined())
        return Notification{.method = method.toString(), .params = params.toObject()};
    if (id.isUndefined())
        return malformed(id, ErrorCode::InvalidRequest, u"A request's id must be a string or an integer."_s);
    return Request{.id = id, .method = method.toString(), .params = params.toObject()};
}

// QJsonDocument takes objects and arrays alone: a bare value is seen as an array's only element.
bool isBareValue(const QByteArray &body)
{
    const QByteArray start = body.left(64).trimmed();
    if (start.startsWith('{') || start.startsWith('['))
        return false;
    return QJsonDocument::fromJson('[' + body + ']').array().size() == 1;
}

Payload readBatch(const QJsonArray &array)
{
    if (array.isEmpty())
        return single(malformed(QJsonValue::Undefined, ErrorCode::InvalidRequest, u"A batch must not be empty."_s));
    if (array.size() > LongestBatch) {
        return single(malformed(QJsonValue::Undefined, ErrorCode::InvalidRequest,
                                u"A batch may hold %1 messages at most."_s.arg(LongestBatch)));
    }
    Payload payload{.messages = {}, .isBatch = true};
    for (const QJsonValue &element : array)
        payload.messages << read(element);
    return payload;
}

} // namespace

bool isRequestId(const QJsonValue &id)
{
    return id.isString() || Json::isInteger(id);
}

RequestMeta::RequestMeta(const QJsonObject &params)
    : m_meta(params.value("_meta"_L1).toObject())
{}

bool RequestMeta::isClaimed() const
{
    // An empty QJsonObject gives Null, not Undefined, for what it lacks.
    return m_meta.contains(MetaKey::ProtocolVersion);
}

QString RequestMeta::problem() const
{
    if (!m_meta.value(MetaKey::ProtocolVersion).isString())
        return MetaKey::ProtocolVersion;
    if (!m_meta.value(MetaKey::ClientCapabilities).isObject())
        return MetaKey::ClientCapabilities;
    if (m_meta.contains(MetaKey::ClientInfo) && !m_meta.value(MetaKey::ClientInfo).isObject())
        return MetaKey::ClientInfo;
    if (m_meta.contains(MetaKey::LogLevel) && !logLevel())
        return MetaKey::LogLevel;
    return {};
}

QString RequestMeta::revision() const
{
    return m_meta.value(MetaKey::ProtocolVersion).toString();
}

QJsonObject RequestMeta::capabilities() const
{
    return m_meta.value(MetaKey::ClientCapabilities).toObject();
}

Client RequestMeta::client() const
{
    const QJsonObject info = m_meta.value(MetaKey::ClientInfo).toObject();
    return {.name = info.value("name"_L1).toString(), .version = info.value("version"_L1).toString()};
}

std::optional<LogLevel> RequestMeta::logLevel() const
{
    return findLogLevel(m_meta.value(MetaKey::LogLevel).toString());
}

Payload parse(const QByteArray &body)
{
    // QJsonDocument lets malformed UTF-8 pass in some places and not in others.
    if (!body.isValidUtf8())
        return single(malformed(QJsonValue::Undefined, ErrorCode::ParseError, u"The body is not valid UTF-8."_s));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError && isBareValue(body))
        return single(read(QJsonValue::Null));
    if (problem.error != QJsonParseError::NoError) {
        return single(malformed(
            QJsonValue::Undefined, ErrorCode::ParseError,
            u"The body is not a JSON-RPC message: %1 at byte %2."_s.arg(problem.errorString()).arg(problem.offset)));
    }
    return document.isArray() ? readBatch(document.array()) : single(read(document.object()));
}

QByteArray resultMessage(const QJsonValue &id, const QJsonObject &result)
{
    return Json::compact(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, result}});
}

QByteArray errorMessage(const QJsonValue &id, const Error &error)
{
    QJsonObject body{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (!error.data.isEmpty())
        body[u"data"_s] = error.data;
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"error"_s, body}};
    if (!id.isUndefined())
        message[u"id"_s] = id;
    return Json::compact(message);
}

QByteArray notificationMessage(const QString &method, const QJsonObject &params)
{
    return Json::compact(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, method}, {u"params"_s, params}});
}

QByteArray requestMessage(const QJsonValue &id, const QString &method, const QJsonObject &params)
{
    return Json::compact(
        QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}});
}

} // namespace Mcp
