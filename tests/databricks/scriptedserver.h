#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>

/// One answer of the script.
struct Reply
{
    enum class Manner {
        Whole,      ///< as HTTP wants it
        CloseEarly, ///< no answer, the connection is closed
        Reset,      ///< no answer, the connection is reset
        Stall,      ///< no answer, the connection stays
        Truncated,  ///< half of the body, then closed
        Trickle     ///< the body one byte every few milliseconds, without end
    };

    int status = 200;
    QByteArray body = "{}";
    QList<QByteArray> headers = {}; ///< "Retry-After: 1"
    QByteArray contentType = "application/json";
    Manner manner = Manner::Whole;
    bool closeAfter = false;

    static Reply json(const QJsonObject &object, int status = 200);
    static Reply of(Manner manner);
    static Reply error(int status, const QByteArray &body, const QByteArray &contentType = "application/json");
    Reply with(const QByteArray &header) const;
};

/// One request as it arrived.
struct Received
{
    QByteArray method;
    QByteArray target; ///< path and query
    QList<QByteArray> headers;
    QByteArray body;
    qint64 atMs = 0; ///< since the server started

    QByteArray header(const QByteArray &name) const;
    QByteArray path() const { return target.split('?').value(0); }
    QByteArray query() const { return target.split('?').value(1); }
};

/// A little HTTP/1.1 server on loopback that answers as a test says and keeps what it received.
class ScriptedServer : public QTcpServer
{
public:
    using Handler = std::function<Reply(const Received &)>;

    ScriptedServer();

    /// Answers in this order; after the last one, the handler's, or 200 {}.
    void then(const Reply &reply) { m_script.append(reply); }
    void always(Handler handler) { m_handler = std::move(handler); }
    void closeConnections();

    QUrl url() const;
    const QList<Received> &received() const { return m_received; }
    int count() const { return int(m_received.size()); }
    int connections() const { return m_connections; }

private:
    void accept();
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const Received &received);

    QList<Reply> m_script;
    Handler m_handler;
    QList<Received> m_received;
    QList<QPointer<QTcpSocket>> m_sockets;
    QElapsedTimer m_clock;
    int m_connections = 0;
};
