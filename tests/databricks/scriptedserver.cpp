#include "databricks/scriptedserver.h"

#include <QJsonDocument>
#include <QTimer>

#include <sys/socket.h>

Reply Reply::json(const QJsonObject &object, int status)
{
    Reply reply;
    reply.status = status;
    reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return reply;
}

Reply Reply::of(Manner manner)
{
    Reply reply;
    reply.manner = manner;
    return reply;
}

Reply Reply::error(int status, const QByteArray &body, const QByteArray &contentType)
{
    Reply reply;
    reply.status = status;
    reply.body = body;
    reply.contentType = contentType;
    return reply;
}

Reply Reply::with(const QByteArray &header) const
{
    Reply reply = *this;
    reply.headers.append(header);
    return reply;
}

QByteArray Received::header(const QByteArray &name) const
{
    for (const QByteArray &line : headers) {
        const qsizetype colon = line.indexOf(':');
        if (line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

ScriptedServer::ScriptedServer()
{
    connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    m_clock.start();
    if (!listen(QHostAddress::LocalHost))
        qFatal("no loopback port");
}

QUrl ScriptedServer::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(serverPort());
    return url;
}

void ScriptedServer::closeConnections()
{
    for (const auto &socket : std::as_const(m_sockets)) {
        if (socket)
            socket->abort();
    }
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        ++m_connections;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read(socket);
    }
}

void ScriptedServer::read(QTcpSocket *socket)
{
    const QByteArray pending = socket->peek(socket->bytesAvailable());
    const qsizetype end = pending.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    Received received;
    received.headers = pending.left(end).replace("\r\n", "\n").split('\n');
    const QList<QByteArray> requestLine = received.headers.takeFirst().split(' ');
    received.method = requestLine.value(0);
    received.target = requestLine.value(1);
    const qsizetype length = received.header("Content-Length").toLongLong();
    if (pending.size() < end + 4 + length)
        return;
    received.body = pending.mid(end + 4, length);
    received.atMs = m_clock.elapsed();
    socket->read(end + 4 + length);
    m_received.append(received);
    answer(socket, received);
}

void ScriptedServer::answer(QTcpSocket *socket, const Received &received)
{
    const Reply reply = !m_script.isEmpty() ? m_script.takeFirst() : m_handler ? m_handler(received) : Reply();
    if (reply.manner == Reply::Manner::Stall)
        return;
    if (reply.manner == Reply::Manner::CloseEarly) {
        socket->disconnectFromHost();
        return;
    }
    if (reply.manner == Reply::Manner::Reset) {
        const linger now{1, 0};
        setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        socket->abort();
        return;
    }
    const bool endless = reply.manner == Reply::Manner::Trickle;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " Said\r\n";
    if (!reply.contentType.isEmpty())
        head += "Content-Type: " + reply.contentType + "\r\n";
    if (!endless)
        head += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    for (const QByteArray &header : reply.headers)
        head += header + "\r\n";
    if (reply.closeAfter)
        head += "Connection: close\r\n";
    socket->write(head + "\r\n");
    if (endless) {
        auto *timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        timer->start(20);
        return;
    }
    const bool truncated = reply.manner == Reply::Manner::Truncated;
    socket->write(truncated ? reply.body.left(reply.body.size() / 2) : reply.body);
    if (truncated || reply.closeAfter)
        socket->disconnectFromHost();
}
