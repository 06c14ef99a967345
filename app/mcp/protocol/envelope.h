#pragma once

#include "mcp/types/requestcontext.h"
#include "mcp/types/wirenames.h"

#include <QJsonObject>

#include <optional>

namespace Mcp {

/// What a modern request says of itself in params._meta. It need not be there or right: see problem().
class Envelope
{
public:
    explicit Envelope(const QJsonObject &params);

    /// True for a request that names a revision, however wrongly: it is to be judged as a modern one.
    bool isClaimed() const;
    /// Empty, or the key that is missing or is not what it must be.
    QString problem() const;

    QString revision() const;
    QJsonObject capabilities() const;
    /// Without a name where the client did not introduce itself.
    Client client() const;
    /// From which level on log messages are wanted; nothing: none.
    std::optional<LogLevel> logLevel() const;

private:
    QJsonObject m_meta;
};

} // namespace Mcp
