#include "qtadapter.h"

#include "http/connection.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpServer>
#include <QTcpSocket>

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

#include <optional>

namespace Http {

namespace {

/// The caller's responder, which is moved here only when the answer comes later: from 6.5 on a responder that ends
/// inside handleRequest() makes QtHttpServer listen twice to its socket.
class QtResponder final : public Responder
{
public:
    explicit QtResponder(QHttpServerResponder &lent)
        : m_responder(&lent)
    {}

    void keep()
    {
        m_kept.emplace(std::move(*m_responder));
        m_responder = &*m_kept;
    }

    void write(int status, const Headers &headers, const QByteArray &body) override
    {
        const auto code = static_cast<QHttpServerResponder::StatusCode>(status);
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
        m_responder->writeStatusLine(code); // since write() takes a list of headers that is known when it is compiled
        for (const auto &[name, value] : headers)
            m_responder->writeHeader(name, value);
        m_responder->writeHeader("Content-Length", QByteArray::number(body.size()));
        m_responder->writeBody(body);
#else
        m_responder->write(body, QHttpHeaders::fromListOfPairs(headers), code);
#endif
    }

private:
    QHttpServerResponder *m_responder;
    std::optional<QHttpServerResponder> m_kept;
};

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
        QHttpServerResponder responder = makeResponder(request, socket);
        return dispatch(socket->findChild<Connection *>(QString(), Qt::FindDirectChildrenOnly), request, responder);
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *socket) override
    {
        socket->abort();
    }
#else
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override
    {
        return dispatch(m_endpoint.find(request.remoteAddress(), request.remotePort()), request, responder);
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
    static bool dispatch(Connection *connection, const QHttpServerRequest &request, QHttpServerResponder &lent)
    {
        if (!connection)
            return false;
        const auto responder = std::make_shared<QtResponder>(lent);
        connection->dispatch(request.body(), responder);
        if (responder.use_count() > 1) // the answer is still to come
            responder->keep();
        return true;
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

QObject *serveWithQt(std::vector<std::unique_ptr<QTcpServer>> listeners, const Endpoint &endpoint, QObject *parent)
{
    auto *adapter = new QtAdapter(endpoint, parent);
    for (std::unique_ptr<QTcpServer> &listener : listeners)
        adapter->bind(listener.release()); // becomes the adapter's child
    return adapter;
}

} // namespace Http
