#include "rawclient.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>

namespace {

/// QTest::qWaitFor() sleeps 10 ms between looks, which adds up over hundreds of answers.
template<typename Condition>
bool waitUntil(Condition condition)
{
    QTimer alarm;
    alarm.setSingleShot(true);
    alarm.start(std::chrono::seconds(5));
    while (!condition() && alarm.isActive())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

} // namespace

QByteArray RawAnswer::header(const QByteArray &name) const
{
    const QByteArrayList lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

RawClient::RawClient(quint16 port, const QHostAddress &address)
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
    socket.connectToHost(address, port);
}

bool RawClient::waitForConnected()
{
    return waitUntil([this] { return isConnected(); });
}

void RawClient::send(const QByteArray &bytes)
{
    if (waitForConnected())
        socket.write(bytes);
}

RawAnswer RawClient::nextAnswer(bool toHead)
{
    RawAnswer answer;
    const auto takeOne = [&] {
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        answer.head = received.left(end + 2);
        const qsizetype length = toHead ? 0 : answer.header("Content-Length").toLongLong();
        if (received.size() < end + 4 + length)
            return false;
        answer.status = answer.head.mid(9, 3).toInt();
        answer.body = received.mid(end + 4, length);
        received.remove(0, end + 4 + length);
        return true;
    };
    waitUntil([&] { return answer.status != 0 || takeOne(); });
    return answer.status != 0 ? answer : RawAnswer();
}

bool RawClient::waitForEnd()
{
    return waitUntil([this] { return socket.state() == QAbstractSocket::UnconnectedState; });
}

QByteArray rawRequest(const QByteArray &requestLine, const QByteArray &headers, const QByteArray &body)
{
    QByteArray bytes = requestLine + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
    if (!body.isEmpty())
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

QByteArray unchunked(QByteArray framed)
{
    QByteArray body;
    while (true) {
        const qsizetype end = framed.indexOf("\r\n");
        const qsizetype size = framed.left(end).toLongLong(nullptr, 16);
        if (end < 0 || size == 0 || framed.size() < end + 2 + size)
            return body;
        body += framed.mid(end + 2, size);
        framed.remove(0, end + 4 + size);
    }
}
