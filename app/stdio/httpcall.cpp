#include "stdio/httpcall.h"

#include <QByteArrayList>
#include <QNetworkProxy>
#include <QPointer>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Stdio {

namespace {

constexpr qsizetype LongestHead = 64 * 1024;

QByteArray requestBytes(const Instance::ServerAccess &server, const HttpCall::Request &request)
{
    const QUrl &url = server.url;
    QByteArray bytes = request.method + ' ' + url.path(QUrl::FullyEncoded).toLatin1() +
                       " HTTP/1.0\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n";
    if (!server.accessKey.isEmpty())
        bytes += "Authorization: Bearer " + server.accessKey + "\r\n";
    for (const auto &[name, value] : request.headers)
        bytes += name + ": " + value + "\r\n";
    if (!request.body.isEmpty())
        bytes += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    return bytes + "\r\n" + request.body;
}

constexpr std::chrono::milliseconds ShortestPause = 500ms;
constexpr std::chrono::milliseconds LongestPause = 30s;

} // namespace

std::optional<AnswerHead> readAnswerHead(const QByteArray &head)
{
    const QByteArrayList lines = head.split('\n');
    const QByteArrayList statusLine = lines.first().trimmed().split(' ');
    if (statusLine.size() < 2 || !statusLine.first().startsWith("HTTP/1."))
        return std::nullopt;
    AnswerHead answer{.status = statusLine.at(1).toInt()};
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArray name = line.left(colon).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-type")
            answer.contentType = value.split(';').first().trimmed().toLower();
        else if (name == "content-length")
            answer.contentLength = value.toLongLong();
    }
    return answer.status >= 100 ? std::optional(answer) : std::nullopt;
}

HttpCall::HttpCall(const Instance::ServerAccess &server, const Request &request, QObject *parent)
    : QObject(parent)
    , m_unsent(requestBytes(server, request))
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_wasConnected = true;
        m_socket.write(std::exchange(m_unsent, {}));
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &HttpCall::onReadyRead);
    connect(&m_socket, &QTcpSocket::disconnected, this, &HttpCall::onGone);
    // Queued: an error may be found within connectToHost(), before anybody listens.
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &HttpCall::onGone, Qt::QueuedConnection);
    m_socket.connectToHost(server.url.host(), quint16(server.url.port()));
}

void HttpCall::onReadyRead()
{
    const QPointer<HttpCall> self(this);
    if (m_head.status == 0) {
        m_received += m_socket.readAll();
        if (!takeHead() || !self)
            return;
    }
    const QByteArray bytes = std::exchange(m_received, {}) + m_socket.readAll();
    m_bodySize += bytes.size();
    if (!bytes.isEmpty())
        Q_EMIT bodyArrived(bytes);
    if (self && m_head.contentLength >= 0 && m_bodySize >= m_head.contentLength)
        finish(End::Complete);
}

bool HttpCall::takeHead()
{
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    if (end < 0 && m_received.size() <= LongestHead)
        return false;
    const std::optional<AnswerHead> head = readAnswerHead(m_received.left(end));
    if (end < 0 || !head) {
        finish(End::CutOff);
        return false;
    }
    m_head = *head;
    m_received.remove(0, end + 4);
    Q_EMIT headArrived();
    return true;
}

void HttpCall::onGone()
{
    if (!m_wasConnected)
        finish(End::NeverSent);
    else if (m_socket.state() == QAbstractSocket::UnconnectedState)
        finish(m_head.status != 0 && m_head.contentLength < 0 ? End::Complete : End::CutOff);
}

void HttpCall::close()
{
    m_isFinished = true;
    m_socket.disconnect(this);
    m_socket.abort();
}

void HttpCall::finish(End end)
{
    if (m_isFinished)
        return;
    close();
    Q_EMIT ended(end);
}

RetryTimer::RetryTimer(QObject *parent)
    : QTimer(parent)
    , m_pause(ShortestPause)
{
    setSingleShot(true);
}

void RetryTimer::retry()
{
    start(m_pause);
    m_pause = std::min(m_pause * 2, LongestPause);
}

void RetryTimer::reset()
{
    m_pause = ShortestPause;
}

} // namespace Stdio
