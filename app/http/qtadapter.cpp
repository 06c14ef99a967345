#include "http/qtadapter.h"

#include "http/connection.h"
#include "http/guardedserver.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpSocket>

namespace Http {

namespace {

/// Gets whole requests from QtHttpServer. The responders stay unused: an answer may come minutes later, and on 6.4 a
/// responder that was kept dangles once the client has left.
class QtAdapter final : public QAbstractHttpServer
{
public:
    QtAdapter(const Endpoint &endpoint, QObject *parent)
        : QAbstractHttpServer(parent)
        , m_endpoint(endpoint)
    {}

protected:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override
    {
        return dispatch(socket->findChild<Connection *>(QString(), Qt::FindDirectChildrenOnly), request);
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *socket) override
    {
        socket->abort();
    }
#else
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &) override
    {
        return dispatch(m_endpoint.find(request.remoteAddress(), request.remotePort()), request);
    }
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &&) override
    {
        drop(request);
    }
#else
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &) override
    {
        drop(request);
    }
#endif
#endif

private:
    static bool dispatch(Connection *connection, const QHttpServerRequest &request)
    {
        if (connection)
            connection->dispatch(request.body());
        return connection != nullptr;
    }

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    void drop(const QHttpServerRequest &request)
    {
        if (Connection *connection = m_endpoint.find(request.remoteAddress(), request.remotePort()))
            connection->drop();
    }
#endif

    [[maybe_unused]] const Endpoint &m_endpoint;
};

} // namespace

QObject *serveWithQt(std::vector<std::unique_ptr<GuardedServer>> servers, const Endpoint &endpoint, QObject *parent)
{
    auto *adapter = new QtAdapter(endpoint, parent);
    for (std::unique_ptr<GuardedServer> &server : servers)
        adapter->bind(server.release()); // becomes the adapter's child
    return adapter;
}

} // namespace Http
