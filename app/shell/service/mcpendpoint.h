#pragma once

#include "http/accessrules.h"
#include "http/server.h"
#include "mcp/transport/server.h"
#include "shell/service/endpointconfiguration.h"

#include <QObject>
#include <QUrl>

#include <memory>

/// The MCP server on its HTTP port: who may come in, and where it listens. It starts and stops; what is on offer stays.
class McpEndpoint : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(McpEndpoint)

public:
    explicit McpEndpoint(QObject *parent = nullptr);
    ~McpEndpoint() override;

    Mcp::Server *mcp() { return &m_mcp; }
    /// Where it listens elsewhere it is stopped first. Where only the keys are others, it goes on: what a key that is
    /// no longer good was shown for ends at once, connections and requests, and revoked() tells of it.
    void start(const EndpointConfiguration &configuration);
    /// Answers what still has no answer and ends every stream.
    void stop();
    bool isServing() const { return m_http != nullptr; }

Q_SIGNALS:
    void started(const QUrl &url);
    void stopped();
    void failed(const QString &message);
    /// A key is good no longer: that of this name, or the one that it named before.
    void revoked(const QString &keyName);
    /// A request was refused before it was read.
    void refused(const Http::RequestHead &head, const Http::Refusal &refusal);

private:
    void listen();
    void shutOut(const QString &keyName);

    Mcp::Server m_mcp;
    std::shared_ptr<Http::AccessRules> m_rules; ///< of m_http
    std::unique_ptr<Http::Server> m_http;
    EndpointConfiguration m_configuration; ///< of m_http
};
