#pragma once

#include "http/exchange.h"
#include "http/limits.h"

#include <QObject>

#include <memory>

namespace Http {

/// An HTTP/1.1 endpoint. Every request first passes limits and admission while only its head is known; what passes
/// reaches the handler as one Exchange. One request at a time on a connection.
class Server : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Server)

public:
    Server(Limits limits, Admission admission, Handler handler, QObject *parent = nullptr);
    ~Server() override;

    /// Listens on every address with one port (0: a free one). All or nothing, except that an IPv6 address is left out
    /// where the machine has no IPv6. On failure errorString() says why, for a person.
    bool listen(const QList<QHostAddress> &addresses, quint16 port);
    /// Stops listening and closes every connection; exchanges under way see clientLeft().
    void close();
    /// Closes, as close() does, the connections whose latest request showed this access key.
    void closeConnectionsOf(const QString &keyName);
    bool isListening() const;
    quint16 port() const;
    QString errorString() const;
    int connectionCount() const;

Q_SIGNALS:
    /// A request was refused by admission or a limit.
    void refused(const Http::RequestHead &head, const Http::Refusal &refusal);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Http
