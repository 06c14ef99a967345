#pragma once

#include "http/exchange.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Http {

/// What a client may ask of the endpoint. QtHttpServer 6.4 has no limits of its own.
struct Limits
{
    qint64 headBytes = 16 * 1024;
    qint64 bodyBytes = 4 * 1024 * 1024;
    int connections = 600;
    std::chrono::milliseconds requestTime = std::chrono::seconds(30); ///< from the first byte to the last of a request
    std::chrono::milliseconds firstTime = std::chrono::seconds(10);   ///< a new connection without a request
    std::chrono::milliseconds idleTime = std::chrono::seconds(75);    ///< a kept-alive one; also bounds firstTime
    std::chrono::milliseconds keepAliveComment = std::chrono::seconds(15);
    qint64 unsentBytes = 8 * 1024 * 1024; ///< a stream whose reader lags further behind is dropped
};

/// An HTTP/1.1 endpoint. Every request first passes limits and admission while only its head is known; what passes
/// reaches the handler as one Exchange. One request at a time on a connection.
class Server : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Server)

public:
    /// Says why a request may not go on, or nothing.
    using Admission = std::function<std::optional<Refusal>(const RequestHead &)>;
    using Handler = std::function<void(ExchangePtr)>;

    Server(Limits limits, Admission admission, Handler handler, QObject *parent = nullptr);
    ~Server() override;

    /// Listens on every address with one port (0: a free one). All or nothing, except that an IPv6 address is left out
    /// where the machine has no IPv6. On failure errorString() says why, for a person.
    bool listen(const QList<QHostAddress> &addresses, quint16 port);
    /// Stops listening and closes every connection; exchanges under way see clientLeft().
    void close();
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
