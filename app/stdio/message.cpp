#include "stdio/message.h"

#include "mcp/types/wirenames.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Stdio {

namespace {

QByteArray compact(const QJsonObject &message)
{
    return QJsonDocument(message).toJson(QJsonDocument::Compact);
}

} // namespace

std::optional<Message> readMessage(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    Message message{.line = text, .messages = {}};
    if (document.isObject())
        message.messages.append(document.object());
    for (const QJsonValue &element : document.array())
        message.messages.append(element.toObject());
    const bool isJsonRpc = std::all_of(message.messages.cbegin(), message.messages.cend(), [](const QJsonObject &one) {
        return one.value("jsonrpc"_L1).toString() == "2.0"_L1;
    });
    if (message.messages.isEmpty() || !isJsonRpc)
        return std::nullopt;
    // In valid JSON these are white space between tokens.
    message.line.replace('\n', ' ').replace('\r', ' ');
    return message;
}

QByteArray errorLine(const QJsonValue &id, const QString &words)
{
    const QJsonObject error{{u"code"_s, Mcp::ErrorCode::InternalError}, {u"message"_s, words}};
    return compact({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"error"_s, error}});
}

QByteArray invalidRequestLine(const QString &words)
{
    const QJsonObject error{{u"code"_s, Mcp::ErrorCode::InvalidRequest}, {u"message"_s, words}};
    return compact({{u"jsonrpc"_s, u"2.0"_s}, {u"error"_s, error}});
}

} // namespace Stdio
