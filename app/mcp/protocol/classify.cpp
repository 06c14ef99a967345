#include "mcp/protocol/classify.h"

#include "common/visible.h"
#include "mcp/protocol/message.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr std::array BodylessMethods{"GET", "DELETE"};

// The MCP-Protocol-Version header.
struct Declared
{
    QString date;
    std::optional<Revision> revision;

    bool isPresent() const { return !date.isEmpty(); }
    bool isUnknown() const { return isPresent() && !revision; }
    bool isModern() const { return revision && revision->era == Era::Modern; }
    Revision legacy() const { return revision && !isModern() ? *revision : assumedRevision(); }
};

Declared declared(const RequestHeaders &headers)
{
    const QString date = QString::fromUtf8(headers.protocolVersion.trimmed());
    return {.date = date, .revision = findRevision(date)};
}

Rejection rejection(const QJsonValue &id, int code, const QString &words)
{
    return {.status = 400, .id = id, .error = {.code = code, .message = words}};
}

Rejection onlyPost()
{
    return {.status = 405, .error = {.code = ErrorCode::InvalidRequest, .message = u"Use POST."_s}};
}

Rejection unknownHeader(const QJsonValue &id, const Declared &header)
{
    Rejection answer =
        rejection(id, ErrorCode::InvalidRequest,
                  u"MCP-Protocol-Version names an unknown revision, \"%1\"."_s.arg(Text::line(header.date, 40)));
    answer.error.data = {{u"supported"_s, servedRevisions()}};
    return answer;
}

// Nothing where what stands between =?base64? and ?= is no base64.
std::optional<QString> decodedHeader(const QByteArray &value)
{
    const QByteArray trimmed = value.trimmed();
    const QByteArrayView Prefix(CodedHeaderBegin);
    const QByteArrayView Suffix(CodedHeaderEnd);
    if (trimmed.size() < Prefix.size() + Suffix.size() || !trimmed.startsWith(Prefix) || !trimmed.endsWith(Suffix))
        return QString::fromUtf8(trimmed);
    const QByteArray coded = trimmed.mid(Prefix.size(), trimmed.size() - Prefix.size() - Suffix.size());
    const auto decoded = QByteArray::fromBase64Encoding(coded, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return QString::fromUtf8(*decoded);
}

std::optional<Rejection> metaProblem(const Request &request)
{
    const QString key = RequestMeta(request.params).problem();
    if (key.isEmpty())
        return std::nullopt;
    return rejection(request.id, ErrorCode::InvalidParams,
                     u"params._meta lacks \"%1\", or it is not what it must be."_s.arg(key));
}

std::optional<Rejection> headerProblem(const RequestHeaders &headers, const Request &request)
{
    const auto mismatch = [&request](const QString &words) {
        return rejection(request.id, ErrorCode::HeaderMismatch, words);
    };
    if (QString::fromUtf8(headers.method.trimmed()) != request.method)
        return mismatch(u"The Mcp-Method header must repeat the method of the body."_s);
    const std::optional<QLatin1StringView> member = mirroredParam(request.method);
    if (!member)
        return std::nullopt;
    const QJsonValue name = request.params[*member];
    // A body without the member is a matter of params, for the method to answer.
    if (name.isString() && decodedHeader(headers.name) != name.toString())
        return mismatch(u"The Mcp-Name header must repeat params.%1 of the body."_s.arg(*member));
    return std::nullopt;
}

Verdict classifyModern(const RequestHeaders &headers, const Declared &header, const Request &request)
{
    if (const auto problem = metaProblem(request))
        return *problem;
    const QString claim = RequestMeta(request.params).revision();
    if (header.date != claim) {
        return rejection(request.id, ErrorCode::HeaderMismatch,
                         u"The MCP-Protocol-Version header must repeat the revision of params._meta."_s);
    }
    const std::optional<Revision> revision = findRevision(claim);
    if (!revision || revision->era != Era::Modern)
        return unsupportedRevision(request.id, claim);
    if (const auto problem = headerProblem(headers, request))
        return *problem;
    return *revision;
}

bool hasModernMeta(const Request &request)
{
    if (metaProblem(request))
        return false;
    const std::optional<Revision> revision = findRevision(RequestMeta(request.params).revision());
    return revision && revision->era == Era::Modern;
}

Verdict classifyRequest(const RequestHeaders &headers, const Declared &header, const Request &request)
{
    if (request.method == MethodName::Initialize && !hasModernMeta(request)) {
        if (header.isModern()) {
            return rejection(request.id, ErrorCode::HeaderMismatch,
                             u"initialize belongs to revisions before the one in MCP-Protocol-Version."_s);
        }
        // What it names is negotiated in the body; an unknown header is no reason to refuse that.
        return header.legacy();
    }
    if (RequestMeta(request.params).isClaimed())
        return classifyModern(headers, header, request);
    if (header.isModern())
        return *metaProblem(request);
    if (header.isUnknown())
        return unknownHeader(request.id, header);
    return header.legacy();
}

bool isModern(const Message &message)
{
    const QJsonObject *params = nullptr;
    if (const auto *request = std::get_if<Request>(&message))
        params = &request->params;
    else if (const auto *notification = std::get_if<Notification>(&message))
        params = &notification->params;
    return params && RequestMeta(*params).isClaimed();
}

Verdict classifyBatch(const Declared &header, const Payload &payload)
{
    if (header.isUnknown())
        return unknownHeader(QJsonValue::Undefined, header);
    const bool otherRevision = header.isPresent() && header.date != batchRevision().date;
    if (otherRevision || std::any_of(payload.messages.begin(), payload.messages.end(), isModern)) {
        return rejection(
            QJsonValue::Undefined, ErrorCode::InvalidRequest,
            u"Batches exist in revision %1 alone; send one message a request."_s.arg(batchRevision().date));
    }
    return batchRevision();
}

// Streams that are asked for with GET, and sessions that end with DELETE, ended with 2025-11-25.
Verdict classifyBodyless(const Declared &header)
{
    if (header.isUnknown())
        return unknownHeader(QJsonValue::Undefined, header);
    return header.isModern() ? Verdict(onlyPost()) : Verdict(header.legacy());
}

} // namespace

Rejection unsupportedRevision(const QJsonValue &id, const QString &requested)
{
    Rejection answer = rejection(id, ErrorCode::UnsupportedVersion, u"Unsupported protocol version."_s);
    answer.error.data = {{u"supported"_s, servedRevisions()}, {u"requested"_s, Text::line(requested, 40)}};
    return answer;
}

Verdict classify(const RequestHeaders &headers, const Payload &payload)
{
    const Declared header = declared(headers);
    const bool bodyless =
        std::find(BodylessMethods.begin(), BodylessMethods.end(), headers.httpMethod) != BodylessMethods.end();
    if (!bodyless && headers.httpMethod != "POST") {
        return onlyPost();
    }
    if (bodyless)
        return classifyBodyless(header);
    if (payload.isBatch)
        return classifyBatch(header, payload);

    const Message &message = payload.messages.first();
    if (const auto *malformed = std::get_if<Malformed>(&message))
        return Rejection{.status = 400, .id = malformed->id, .error = malformed->error};
    if (const auto *request = std::get_if<Request>(&message))
        return classifyRequest(headers, header, *request);
    // A notification or a response needs no answer but 202, whatever its era.
    if (header.isUnknown())
        return unknownHeader(QJsonValue::Undefined, header);
    return header.legacy();
}

} // namespace Mcp
