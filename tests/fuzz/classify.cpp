// The classifier: header lines, an empty line and a body. What is let through belongs to exactly one revision, and the
// headers and the body agree on it.

#include "fuzz.h"

#include "mcp/transport/httpresponder.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace {

using namespace Mcp;

constexpr QLatin1StringView VersionKey("io.modelcontextprotocol/protocolVersion");
constexpr QLatin1StringView CapabilitiesKey("io.modelcontextprotocol/clientCapabilities");
constexpr std::array Codes{ErrorCode::ParseError,       ErrorCode::InvalidRequest, ErrorCode::MethodNotFound,
                           ErrorCode::InvalidParams,    ErrorCode::HeaderMismatch, ErrorCode::UnsupportedVersion,
                           ErrorCode::MissingCapability};

struct Input
{
    Http::RequestHead head;
    QByteArray body;
};

/// "METHOD\nName: value\n…\n\nbody"
Input inputOf(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\n\n");
    Input input;
    QByteArrayList lines = bytes.left(end).split('\n');
    input.head.method = lines.takeFirst();
    input.head.target = "/mcp";
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            input.head.headers.emplaceBack(line.left(colon), line.mid(colon + 1).trimmed());
    }
    input.body = end < 0 ? QByteArray() : bytes.mid(end + 2);
    return input;
}

QJsonValue claim(const QJsonObject &params)
{
    return params.value(QLatin1StringView("_meta")).toObject().value(VersionKey);
}

void checkRejection(const Rejection &rejection, const Payload &payload)
{
    require(rejection.status >= 400 && rejection.status < 500, "a rejection is the client's fault");
    require(std::find(Codes.begin(), Codes.end(), rejection.error.code) != Codes.end(), "the error code is known");
    require(!rejection.error.message.isEmpty(), "a rejection says why");
    require(rejection.id.isUndefined() || isRequestId(rejection.id), "an id that is given back is one");
    const QJsonDocument answer = QJsonDocument::fromJson(errorMessage(rejection.id, rejection.error));
    require(answer.isObject(), "a rejection can be answered");
    const auto *request = payload.messages.size() == 1 ? std::get_if<Request>(&payload.messages.first()) : nullptr;
    if (request && !rejection.id.isUndefined())
        require(rejection.id == request->id, "a rejection names the request");
}

void checkRevision(const Revision &revision, const Input &input, const Payload &payload)
{
    const std::optional<Revision> known = findRevision(QString(revision.date));
    require(known && known->era == revision.era, "a revision is one that is known");
    const QByteArray header = input.head.header("MCP-Protocol-Version").trimmed();
    const auto *request = payload.messages.size() == 1 ? std::get_if<Request>(&payload.messages.first()) : nullptr;
    if (revision.era == Era::Legacy) {
        const bool isInitialize = request && request->method == QLatin1StringView("initialize");
        require(!request || isInitialize || claim(request->params).isUndefined() || claim(request->params).isNull(),
                "what names a revision itself is no legacy request");
        require(!payload.isBatch || revision.date == batchRevision().date, "only one revision has batches");
        return;
    }
    require(input.head.method == "POST", "modern is what was posted");
    require(!payload.isBatch, "there are no modern batches");
    if (!request)
        return;
    require(claim(request->params).toString() == revision.date, "the body names the revision");
    require(QString::fromUtf8(header) == revision.date, "the header names the revision");
    require(QString::fromUtf8(input.head.header("Mcp-Method").trimmed()) == request->method,
            "the header names the method");
    require(request->params.value(QLatin1StringView("_meta")).toObject().value(CapabilitiesKey).isObject(),
            "a modern request names its capabilities");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Input input = inputOf(bytesOf(data, size));
    const Payload payload = input.head.method == "POST" ? parse(input.body) : Payload();
    const Verdict verdict = classify(requestHeaders(input.head), payload);
    require(verdict.index() == classify(requestHeaders(input.head), payload).index(),
            "the same request is judged the same way");
    if (const auto *rejection = std::get_if<Rejection>(&verdict))
        checkRejection(*rejection, payload);
    else
        checkRevision(std::get<Revision>(verdict), input, payload);
    return 0;
}
