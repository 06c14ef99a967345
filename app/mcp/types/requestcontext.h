#pragma once

#include "mcp/types/input.h"
#include "mcp/types/toolrequest.h"

#include <QJsonValue>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace Mcp {

/// How serious a log message is (RFC 5424; 2025-11-25, server/utilities/logging). Later is worse.
enum class LogLevel { Debug, Info, Notice, Warning, Error, Critical, Alert, Emergency };

QString logLevelName(LogLevel level);
std::optional<LogLevel> findLogLevel(const QString &name);

/// What comes with every request beside its arguments: who asks, word of cancellation, the ways to tell the client
/// something meanwhile, and what the client gave when it was asked for input. A value: copies speak for the same
/// request.
class RequestContext
{
public:
    using Progress = std::function<void(double done, double total, const QString &message)>;
    using Log = std::function<void(LogLevel level, const QJsonValue &data, const QString &logger)>;

    /// What a context is made of.
    struct Parts
    {
        Client client = {};
        QString revision = {};
        std::stop_token stop = {};
        Progress progress = {};
        Log log = {};
        std::optional<QJsonObject> capabilities = {}; ///< the client's; unknown before 2026-07-28
        QJsonObject inputs = {};
        QJsonObject state = {};
    };

    RequestContext() = default;
    explicit RequestContext(Parts parts);

    const Client &client() const { return m_parts->client; }
    /// Of the protocol, "2025-11-25".
    const QString &revision() const { return m_parts->revision; }
    std::stop_token stopToken() const { return m_parts->stop; }
    /// Tells the client how far the work is, if it asked to know. Only values above the last one are sent.
    void reportProgress(double done, double total, const QString &message) const;
    /// Tells the client what happens, if it wants to know of this level.
    void log(LogLevel level, const QJsonValue &data, const QString &logger = {}) const;

    /// Whether the client can be asked for this ("elicitation", "sampling", "roots"). Clients before 2026-07-28 say so
    /// only when they are initialized, which a server without sessions forgets: they are taken to be able.
    bool clientCan(const QString &capability) const;
    /// The client's answer to the request for input with this key; nothing where it gave none. Not checked: it is as
    /// hostile as any argument.
    std::optional<QJsonObject> input(const QString &key) const;
    /// What the handler gave as state when it asked for input; empty the first time.
    const QJsonObject &state() const { return m_parts->state; }

private:
    std::shared_ptr<const Parts> m_parts = std::make_shared<const Parts>();
};

} // namespace Mcp
