#include "server.h"

#include "http/connection.h"
#include "http/listener.h"
#include "http/qtadapter.h"

#include <QPointer>
#include <QTcpServer>

namespace Http {

namespace {

using Connections = QList<QPointer<Connection>>;

void closeAll(const Connections &connections)
{
    for (const QPointer<Connection> &connection : connections) {
        if (connection) // one may take others with it
            connection->close();
    }
}

} // namespace

class Server::Private
{
public:
    Endpoint endpoint;
    QObject *adapter = nullptr; ///< QtHttpServer while the server listens
    QList<QPointer<QTcpServer>> listeners;
    quint16 port = 0;
    QString error;
};

Server::Server(Limits limits, Admission admission, Handler handler, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->endpoint.limits = limits;
    d->endpoint.admission = std::move(admission);
    d->endpoint.handler = std::move(handler);
    d->endpoint.refused = [this](const RequestHead &head, const Refusal &refusal) { Q_EMIT refused(head, refusal); };
}

Server::~Server()
{
    close();
    // Adapters that were closed may still wait for the event loop, and their connections refer to the endpoint.
    qDeleteAll(findChildren<QObject *>(Qt::FindDirectChildrenOnly));
}

bool Server::listen(const QList<QHostAddress> &addresses, quint16 port)
{
    close();
    Listening listening = listenOn(addresses, port, d->endpoint);
    d->error = listening.error;
    d->port = listening.port();
    if (listening.listeners.empty())
        return false;
    for (const std::unique_ptr<QTcpServer> &listener : listening.listeners)
        d->listeners += listener.get();
    d->adapter = serveWithQt(std::move(listening.listeners), d->endpoint, this);
    return true;
}

void Server::close()
{
    if (!d->adapter)
        return;
    for (const QPointer<QTcpServer> &listener : std::exchange(d->listeners, {})) {
        if (listener)
            listener->close();
    }
    closeAll(Connections(d->endpoint.connections.cbegin(), d->endpoint.connections.cend()));
    // Not at once: it may be QtHttpServer who called the handler that called this.
    std::exchange(d->adapter, nullptr)->deleteLater();
    d->port = 0;
}

void Server::closeConnectionsOf(const QString &keyName)
{
    Connections connections;
    for (Connection *connection : std::as_const(d->endpoint.connections)) {
        if (connection->keyName() == keyName)
            connections += connection;
    }
    closeAll(connections);
}

bool Server::isListening() const
{
    return d->adapter != nullptr;
}

quint16 Server::port() const
{
    return d->port;
}

QString Server::errorString() const
{
    return d->error;
}

int Server::connectionCount() const
{
    return d->endpoint.servedConnections();
}

} // namespace Http
