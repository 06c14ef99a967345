#include "mcp/types/requestcontext.h"

#include "common/enumnames.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr auto LevelNames = enumNames<LogLevel>({
    {LogLevel::Debug, "debug"_L1},
    {LogLevel::Info, "info"_L1},
    {LogLevel::Notice, "notice"_L1},
    {LogLevel::Warning, "warning"_L1},
    {LogLevel::Error, "error"_L1},
    {LogLevel::Critical, "critical"_L1},
    {LogLevel::Alert, "alert"_L1},
    {LogLevel::Emergency, "emergency"_L1},
});

} // namespace

QString logLevelName(LogLevel level)
{
    return LevelNames.of(level);
}

std::optional<LogLevel> findLogLevel(const QString &name)
{
    return LevelNames.find(name);
}

RequestContext::RequestContext(Parts parts)
    : m_parts(std::make_shared<const Parts>(std::move(parts)))
{}

void RequestContext::reportProgress(double done, double total, const QString &message) const
{
    if (m_parts->progress)
        m_parts->progress(done, total, message);
}

void RequestContext::log(LogLevel level, const QJsonValue &data, const QString &logger) const
{
    if (m_parts->log)
        m_parts->log(level, data, logger);
}

bool RequestContext::clientCan(const QString &capability) const
{
    if (!m_parts->capabilities)
        return true;
    const QJsonValue declared = m_parts->capabilities->value(capability);
    // Elicitation has modes, of which the form is the one that is meant where none is named.
    const bool isFormless =
        capability == "elicitation"_L1 && !declared.toObject().isEmpty() && !declared.toObject().contains("form"_L1);
    return declared.isObject() && !isFormless;
}

std::optional<QJsonObject> RequestContext::input(const QString &key) const
{
    const QJsonValue answer = m_parts->inputs.value(key);
    return answer.isObject() ? std::optional(answer.toObject()) : std::nullopt;
}

} // namespace Mcp
