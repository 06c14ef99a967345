#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <optional>

namespace Stdio {

/// What came from the application, fit for a line on stdout; messages is what it holds.
struct Message
{
    QByteArray line;
    QList<QJsonObject> messages;
};

/// Nothing where the text is not JSON-RPC: nothing else may reach stdout.
std::optional<Message> readMessage(const QByteArray &text);

/// A JSON-RPC error of the relay's own, -32603.
QByteArray errorLine(const QJsonValue &id, const QString &words);
/// The same for what could not even be read: -32600, without an id, as the schema of 2025-11-25 has it.
QByteArray invalidRequestLine(const QString &words);

} // namespace Stdio
