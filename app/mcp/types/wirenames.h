#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>
#include <utility>

/// The names and numbers that go over the wire, as the specification spells them. For everyone who reads or writes
/// messages: the server, and the relay for stdio.
namespace Mcp {

/// JSON-RPC's codes and those of the specification (2026-07-28, basic/index, "Error Codes").
namespace ErrorCode {
inline constexpr int ParseError = -32700;
inline constexpr int InvalidRequest = -32600;
inline constexpr int MethodNotFound = -32601;
inline constexpr int InvalidParams = -32602;
inline constexpr int InternalError = -32603;
inline constexpr int ResourceNotFound = -32002; ///< before 2026-07-28; since, it is InvalidParams
inline constexpr int HeaderMismatch = -32020;
inline constexpr int MissingCapability = -32021;
inline constexpr int UnsupportedVersion = -32022;
} // namespace ErrorCode

/// Methods and notifications that are named in more than one place.
namespace MethodName {
inline constexpr QLatin1StringView Initialize("initialize");
inline constexpr QLatin1StringView CallTool("tools/call");
inline constexpr QLatin1StringView GetPrompt("prompts/get");
inline constexpr QLatin1StringView ReadResource("resources/read");
inline constexpr QLatin1StringView Listen("subscriptions/listen");
inline constexpr QLatin1StringView Cancelled("notifications/cancelled");
inline constexpr QLatin1StringView Initialized("notifications/initialized");
inline constexpr QLatin1StringView Acknowledged("notifications/subscriptions/acknowledged");
} // namespace MethodName

/// The names in _meta that belong to the protocol (2026-07-28, basic/index, "_meta").
namespace MetaKey {
inline constexpr QLatin1StringView ProtocolVersion("io.modelcontextprotocol/protocolVersion");
inline constexpr QLatin1StringView ClientCapabilities("io.modelcontextprotocol/clientCapabilities");
inline constexpr QLatin1StringView ClientInfo("io.modelcontextprotocol/clientInfo");
inline constexpr QLatin1StringView LogLevel("io.modelcontextprotocol/logLevel");
inline constexpr QLatin1StringView ServerInfo("io.modelcontextprotocol/serverInfo");
inline constexpr QLatin1StringView SubscriptionId("io.modelcontextprotocol/subscriptionId");
} // namespace MetaKey

/// HTTP headers (2026-07-28, basic/transports, "Headers").
namespace HeaderName {
inline constexpr char ProtocolVersion[] = "MCP-Protocol-Version";
inline constexpr char Method[] = "Mcp-Method";
inline constexpr char SessionId[] = "Mcp-Session-Id"; ///< before 2026-07-28
inline constexpr char Name[] = "Mcp-Name";            ///< repeats the member of params that mirroredParam() gives
} // namespace HeaderName

/// How a header carries what is no visible ASCII: this, base64, and the end.
inline constexpr char CodedHeaderBegin[] = "=?base64?";
inline constexpr char CodedHeaderEnd[] = "?=";

/// The member of params that the Mcp-Name header repeats; nothing for methods without one.
inline std::optional<QLatin1StringView> mirroredParam(QStringView method)
{
    constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 3> Mirrored{{
        {MethodName::CallTool, QLatin1StringView("name")},
        {MethodName::GetPrompt, QLatin1StringView("name")},
        {MethodName::ReadResource, QLatin1StringView("uri")},
    }};
    for (const auto &[name, member] : Mirrored) {
        if (method == name)
            return member;
    }
    return std::nullopt;
}

} // namespace Mcp
