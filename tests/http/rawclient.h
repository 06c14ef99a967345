#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpSocket>

/// One answer as it came over the wire.
struct RawAnswer
{
    int status = 0; ///< 0: none came
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &name) const;
};

/// An HTTP client that sends exactly the bytes it is told to, and shows exactly those that come back.
class RawClient
{
public:
    explicit RawClient(quint16 port, const QHostAddress &address = QHostAddress::LocalHost);

    bool waitForConnected();
    void send(const QByteArray &bytes);
    /// Takes the next answer with a Content-Length off what was received; waits for it.
    RawAnswer nextAnswer(bool toHead = false);
    /// Waits until the server has ended the connection.
    bool waitForEnd();
    bool isConnected() const { return socket.state() == QAbstractSocket::ConnectedState; }

    QTcpSocket socket;
    QByteArray received; ///< what no nextAnswer() has taken yet
};

/// A request with Host, further header lines (each with its line end) and a body.
QByteArray rawRequest(const QByteArray &requestLine, const QByteArray &headers = {}, const QByteArray &body = {});

/// What the chunks of a body in chunked framing carry; ends at the last chunk or where the framing is not whole.
QByteArray unchunked(QByteArray framed);
