#include "mcp/types/loglevel.h"

#include <algorithm>
#include <array>

namespace Mcp {

namespace {

constexpr std::array Names{
    QLatin1StringView("debug"),   QLatin1StringView("info"),      QLatin1StringView("notice"),
    QLatin1StringView("warning"), QLatin1StringView("error"),     QLatin1StringView("critical"),
    QLatin1StringView("alert"),   QLatin1StringView("emergency"),
};

} // namespace

QString logLevelName(LogLevel level)
{
    return Names.at(size_t(level));
}

std::optional<LogLevel> findLogLevel(const QString &name)
{
    const auto found = std::find(Names.begin(), Names.end(), name);
    return found == Names.end() ? std::nullopt : std::optional(LogLevel(found - Names.begin()));
}

} // namespace Mcp
