#pragma once

#include "mcp/protocol/message.h"
#include "mcp/types/revision.h"

#include <variant>

namespace Mcp {

/// What classification needs of the head of an HTTP request.
struct RequestHeaders
{
    QByteArray httpMethod;
    QByteArray protocolVersion = {}; ///< MCP-Protocol-Version
    QByteArray method = {};          ///< Mcp-Method
    QByteArray name = {};            ///< Mcp-Name
};

/// Why a request goes no further, as HTTP status and JSON-RPC error.
struct Rejection
{
    int status = 400;
    QJsonValue id = QJsonValue::Undefined;
    Error error;
};

using Verdict = std::variant<Revision, Rejection>;

/// Decides which revision of the protocol a request is made in, from the request alone. The body decides (its _meta
/// names a modern revision), headers are held against it (2026-07-28, basic/versioning and basic/transports). The
/// revision may be one that is known but not served.
Verdict classify(const RequestHeaders &headers, const Payload &payload);

/// The answer to a revision that is not served: what is.
Rejection unsupportedRevision(const QJsonValue &id, const QString &requested);

} // namespace Mcp
