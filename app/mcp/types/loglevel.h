#pragma once

#include <QString>

#include <optional>

namespace Mcp {

/// How serious a log message is (RFC 5424; 2025-11-25, server/utilities/logging). Later is worse.
enum class LogLevel { Debug, Info, Notice, Warning, Error, Critical, Alert, Emergency };

QString logLevelName(LogLevel level);
std::optional<LogLevel> findLogLevel(const QString &name);

} // namespace Mcp
