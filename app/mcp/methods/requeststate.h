#pragma once

#include "mcp/protocol/message.h"
#include "mcp/protocol/seal.h"

#include <chrono>
#include <optional>

namespace Mcp {

/// How long a client may take to gather input before the request has to begin anew.
inline constexpr std::chrono::minutes RequestStateLifetime(15);

/// What the request states of one request are bound to: its method, its arguments and who makes it (2026-07-28,
/// basic/patterns/mrtr, "Server Requirements").
QByteArray stateBinding(const Request &request, const QByteArray &principal);

/// A handler's state as the client gets it: sealed, with an end.
QString sealedState(const QJsonObject &state, const Seal &seal, const QByteArray &binding);
/// The state that a client brings back: empty where it brings none, nothing where it is not the one that was given.
std::optional<QJsonObject> openedState(const QJsonObject &params, const Seal &seal, const QByteArray &binding);

} // namespace Mcp
