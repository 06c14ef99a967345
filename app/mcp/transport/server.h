#pragma once

#include "http/exchange.h"
#include "mcp/types/implementation.h"
#include "mcp/types/prompt.h"
#include "mcp/types/resource.h"
#include "mcp/types/tool.h"

#include <QList>
#include <QObject>

#include <memory>

namespace Mcp {

/// The Model Context Protocol over the exchanges of an HTTP endpoint (revisions 2026-07-28, 2025-11-25, 2025-06-18,
/// 2025-03-26). Session ids are handed out and never insisted on: a restarted server leaves no client stuck.
class Server : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Server)

public:
    explicit Server(Implementation implementation, QObject *parent = nullptr);
    ~Server() override;

    /// Replace what is registered, in the order in which it is listed. Clients that listen are told where it is not the
    /// same as before.
    void setTools(QList<RegisteredTool> tools);
    void setPrompts(QList<RegisteredPrompt> prompts);
    void setResources(QList<RegisteredResource> resources);
    /// Whether clients may ask for log messages (RequestContext::log).
    void setLogging(bool enabled);

    /// What this resource holds is not what it was.
    void announceResource(const QString &uri);

    /// Answers one HTTP exchange on the MCP path.
    void handle(Http::ExchangePtr exchange);

    /// So many calls may come at once of each access key, and then so many a second; the others are told to wait. No
    /// limit at first.
    void setCallRate(double atOnce, double aSecond);

    /// Cancels what runs for this access key, and answers it with an error: it is good no longer.
    void endRequestsOf(const QString &keyName);
    /// Cancels what runs and ends the event streams.
    void cancelAll();
    /// Answers the requests that still run with an error: their connections are about to close.
    void abandonAll();

Q_SIGNALS:
    /// A tools/call that never reached a tool: unknown name or arguments that do not fit.
    void toolCallRefused(const Mcp::ToolRequest &request, const QString &reason);
    /// A client listens for changes of a resource, or none does any more: worth looking for them, or not.
    void resourcesWatched(bool areWatched);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Mcp
