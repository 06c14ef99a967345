#include "mcp/protocol/envelope.h"

using namespace Qt::StringLiterals;

namespace Mcp {

Envelope::Envelope(const QJsonObject &params)
    : m_meta(params.value("_meta"_L1).toObject())
{}

bool Envelope::isClaimed() const
{
    // An empty QJsonObject gives Null, not Undefined, for what it lacks.
    return m_meta.contains(MetaKey::ProtocolVersion);
}

QString Envelope::problem() const
{
    if (!m_meta.value(MetaKey::ProtocolVersion).isString())
        return MetaKey::ProtocolVersion;
    if (!m_meta.value(MetaKey::ClientCapabilities).isObject())
        return MetaKey::ClientCapabilities;
    if (m_meta.contains(MetaKey::ClientInfo) && !m_meta.value(MetaKey::ClientInfo).isObject())
        return MetaKey::ClientInfo;
    if (m_meta.contains(MetaKey::LogLevel) && !logLevel())
        return MetaKey::LogLevel;
    return {};
}

QString Envelope::revision() const
{
    return m_meta.value(MetaKey::ProtocolVersion).toString();
}

QJsonObject Envelope::capabilities() const
{
    return m_meta.value(MetaKey::ClientCapabilities).toObject();
}

Client Envelope::client() const
{
    const QJsonObject info = m_meta.value(MetaKey::ClientInfo).toObject();
    return {.name = info.value("name"_L1).toString(), .version = info.value("version"_L1).toString()};
}

std::optional<LogLevel> Envelope::logLevel() const
{
    return findLogLevel(m_meta.value(MetaKey::LogLevel).toString());
}

} // namespace Mcp
