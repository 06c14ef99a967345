#pragma once

#include <memory>
#include <vector>

class QObject;
class QTcpServer;

namespace Http {

struct Endpoint;

/// Sets QtHttpServer to work on sockets that listen, and gives it to parent, the sockets with it. What it reads becomes
/// requests of the endpoint's connections, and whole replies leave through it. The one place that knows QtHttpServer.
///
/// What it does not do, and why:
/// - Refusals of a request that was not read whole, replies whose Content-Length is not their body's (HEAD, 204, 304)
/// and
///   event streams go to the socket: before a request is complete there is no responder, Qt's announces the length of
///   what it sends, and streams had three interfaces (6.4, 6.5, 6.8), none of which tells that the client has left.
/// - The handler gets the head that was admitted, not Qt's second reading of it, which is another: QHttpServerRequest
///   knows only methods of its enum, and its url() is repaired and merged with Host, so that "//evil/mcp" has the path
///   "/mcp", and a Host that is no authority empties it. The guard has to read the head in any case, since it must
///   refuse before a body is accepted. The two agree on where a request ends, or it is refused.
///
/// A responder that is kept dangles on 6.4 once its socket is deleted, and keeps the connection from its end from 6.5
/// on. The Connection, a child of the socket, lets go of it at the first sign that the client has left.
QObject *serveWithQt(std::vector<std::unique_ptr<QTcpServer>> listeners, const Endpoint &endpoint, QObject *parent);

} // namespace Http
