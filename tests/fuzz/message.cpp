// The message parser: whatever a client posts becomes messages that can be answered, and that are the same once they
// have been written and read again.

#include "fuzz.h"

#include "mcp/protocol/message.h"

#include <QJsonDocument>

namespace {

using namespace Mcp;

constexpr qsizetype LongestBatch = 100;

QByteArray written(const Request &request)
{
    return requestMessage(request.id, request.method, request.params);
}

QByteArray written(const Notification &notification)
{
    return notificationMessage(notification.method, notification.params);
}

/// Reads what was written, which must be one message of the same kind.
template<typename Kind>
Kind readAgain(const QByteArray &text)
{
    require(!text.contains('\n'), "a message is one line");
    const Payload payload = parse(text);
    require(!payload.isBatch && payload.messages.size() == 1, "what was written is one message");
    const auto *again = std::get_if<Kind>(&payload.messages.first());
    require(again, "what was written is a message of the same kind");
    return *again;
}

/// Unpaired surrogates can't be written, so the first writing may change them; the second changes nothing any more.
template<typename Kind>
void requireRoundTrip(const Kind &message)
{
    const Kind once = readAgain<Kind>(written(readAgain<Kind>(written(message))));
    require(written(once) == written(readAgain<Kind>(written(once))), "a message stays the same");
}

void requireAnswerable(const QJsonValue &id, const Error &error)
{
    const Response response = readAgain<Response>(errorMessage(id, error));
    require(response.error && response.error->code == error.code, "the error keeps its code");
    if (id.isDouble())
        require(response.id == id, "a number stays the same as an id");
}

void check(const Message &message)
{
    if (const auto *request = std::get_if<Request>(&message)) {
        require(isRequestId(request->id), "a request has an id");
        require(!request->method.isEmpty(), "a request has a method");
        requireRoundTrip(*request);
        requireAnswerable(request->id, Error{.code = ErrorCode::InternalError, .message = request->method});
        const Response response = readAgain<Response>(resultMessage(request->id, request->params));
        require(!response.error, "a result is no error");
    } else if (const auto *notification = std::get_if<Notification>(&message)) {
        require(!notification->method.isEmpty(), "a notification has a method");
        requireRoundTrip(*notification);
    } else if (const auto *malformed = std::get_if<Malformed>(&message)) {
        require(malformed->id.isUndefined() || isRequestId(malformed->id), "an id that is given back is one");
        require(malformed->error.code == ErrorCode::ParseError || malformed->error.code == ErrorCode::InvalidRequest,
                "what is malformed is a parse error or an invalid request");
        requireAnswerable(malformed->id, malformed->error);
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Payload payload = parse(bytesOf(data, size));
    require(!payload.messages.isEmpty(), "a body holds something");
    require(payload.isBatch || payload.messages.size() == 1, "only a batch holds several");
    require(payload.messages.size() <= LongestBatch, "a batch is limited");
    for (const Message &message : payload.messages)
        check(message);
    return 0;
}
