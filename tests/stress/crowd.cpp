#include "crowd.h"

#include "http/rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QList<QJsonObject> eventsIn(const QByteArray &body)
{
    QList<QJsonObject> messages;
    const QByteArrayList lines = body.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("data: "))
            messages << QJsonDocument::fromJson(line.mid(6)).object();
    }
    return messages;
}

QByteArray headerIn(const QByteArray &head, const QByteArray &name)
{
    const qsizetype start = head.indexOf(QByteArray("\r\n" + name + ": "));
    if (start < 0)
        return {};
    const qsizetype value = start + name.size() + 4;
    return head.mid(value, head.indexOf("\r\n", value) - value);
}

} // namespace

QString CrowdAnswer::text() const
{
    return last()["result"_L1]["content"_L1][0]["text"_L1].toString();
}

CrowdClient::CrowdClient(quint16 port)
{
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [this] { socket.write(std::exchange(m_unsent, {})); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

void CrowdClient::send(const QByteArray &bytes)
{
    asked = bytes;
    if (isConnected())
        socket.write(bytes);
    else
        m_unsent += bytes;
}

CrowdAnswer CrowdClient::take()
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    const QByteArray head = received.left(end + 2);
    const QByteArray length = headerIn(head, "Content-Length");
    CrowdAnswer answer{.status = head.mid(9, 3).toInt(), .messages = {}};
    qsizetype size = 0;
    if (!length.isEmpty()) {
        size = length.toLongLong();
        if (received.size() < end + 4 + size)
            return {};
        answer.messages << QJsonDocument::fromJson(received.mid(end + 4, size)).object();
    } else {
        const qsizetype last = received.indexOf("\r\n0\r\n\r\n", end + 4);
        if (last < 0)
            return {};
        size = last + 7 - (end + 4);
        answer.messages = eventsIn(unchunked(received.mid(end + 4, size)));
    }
    received.remove(0, end + 4 + size);
    return answer;
}

QList<QJsonObject> CrowdClient::events() const
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    return end < 0 ? QList<QJsonObject>() : eventsIn(unchunked(received.mid(end + 4)));
}

Crowd crowdOf(int count, quint16 port)
{
    Crowd crowd;
    for (int i = 0; i < count; ++i)
        crowd.push_back(std::make_unique<CrowdClient>(port));
    return crowd;
}

QByteArray callRequest(int id, const QByteArray &tool, const QByteArray &arguments, bool wantsProgress)
{
    const QByteArray number = QByteArray::number(id);
    const QByteArray meta = wantsProgress ? ",\"_meta\":{\"progressToken\":" + number + '}' : QByteArray();
    return rawRequest("POST /mcp",
                      "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                      "MCP-Protocol-Version: 2025-11-25\r\n",
                      "{\"jsonrpc\":\"2.0\",\"id\":" + number + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" +
                          tool + "\",\"arguments\":" + arguments + meta + "}}");
}

QByteArray getRequest()
{
    return rawRequest("GET /mcp", "Accept: text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n");
}
