#include "stdio/serverstream.h"

#include "stdio/message.h"

#include <utility>

namespace Stdio {

namespace {

constexpr int MethodNotAllowed = 405;

} // namespace

ServerStream::ServerStream(QObject *parent)
    : QObject(parent)
{
    connect(&m_retry, &QTimer::timeout, this, &ServerStream::wanted);
}

void ServerStream::want(const Headers &headers)
{
    m_headers = headers;
    if (!m_call)
        Q_EMIT wanted();
}

void ServerStream::open(const Instance::ServerAccess &server)
{
    if (m_headers.isEmpty() || m_call)
        return;
    m_retry.stop();
    m_events = {};
    const HttpCall::Request request{.method = "GET", .headers = Headers{{"Accept", "text/event-stream"}} + m_headers};
    m_call = new HttpCall(server, request, this);
    connect(m_call, &HttpCall::bodyArrived, this, &ServerStream::takeBody);
    connect(m_call, &HttpCall::ended, this, &ServerStream::onEnded);
}

void ServerStream::takeBody(const QByteArray &bytes)
{
    if (!m_call->head().isEventStream())
        return;
    m_retry.reset();
    const QByteArrayList events = m_events.read(bytes);
    for (const QByteArray &event : events) {
        if (const std::optional<Message> message = readMessage(event))
            Q_EMIT arrived(message->line);
    }
}

void ServerStream::onEnded()
{
    HttpCall *call = std::exchange(m_call, nullptr);
    call->deleteLater();
    if (call->head().status == MethodNotAllowed)
        m_headers.clear(); // the application has no such stream
    else
        postpone();
}

void ServerStream::postpone()
{
    if (!m_headers.isEmpty() && !m_call)
        m_retry.retry();
}

} // namespace Stdio
