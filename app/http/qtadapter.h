#pragma once

#include <memory>
#include <vector>

class QObject;

namespace Http {

struct Endpoint;
class GuardedServer;

/// Sets QtHttpServer to work on servers that listen, and gives it to parent, the servers with it. What it reads becomes
/// requests of the endpoint's connections. The one place that knows QtHttpServer.
QObject *serveWithQt(std::vector<std::unique_ptr<GuardedServer>> servers, const Endpoint &endpoint, QObject *parent);

} // namespace Http
