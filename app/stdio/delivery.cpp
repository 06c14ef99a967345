#include "stdio/delivery.h"

#include <QJsonDocument>
#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Stdio {

namespace {

constexpr qsizetype LongestBody = 64 * 1024 * 1024; // as with a stream: far beyond what the application answers

/// {"error": "why"} is how the application refuses what never reaches the protocol.
QString refusalWords(int status, const QByteArray &body)
{
    const QString words = QJsonDocument::fromJson(body).object().value("error"_L1).toString();
    return words.isEmpty() ? u"Bricktray answered with HTTP status %1."_s.arg(status) : words;
}

void remove(const QJsonValue &id, QJsonArray *ids)
{
    for (qsizetype i = ids->size() - 1; i >= 0; --i) {
        if (ids->at(i) == id)
            ids->removeAt(i);
    }
}

} // namespace

Delivery::Delivery(const Outgoing &outgoing, QObject *parent)
    : QObject(parent)
    , m_outgoing(outgoing)
    , m_unanswered(outgoing.ids)
{
    m_age.start();
    connect(&m_retry, &QTimer::timeout, this, &Delivery::wanted);
}

void Delivery::send(const Instance::ServerAccess &server, const Headers &further)
{
    const Headers own{{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    const HttpCall::Request request{
        .method = "POST", .headers = own + further + m_outgoing.headers, .body = m_outgoing.line};
    m_retry.stop();
    m_call = new HttpCall(server, request, this);
    connect(m_call, &HttpCall::bodyArrived, this, &Delivery::takeBody);
    connect(m_call, &HttpCall::ended, this, &Delivery::onEnded);
}

void Delivery::takeBody(const QByteArray &bytes)
{
    if (m_call->head().isEventStream()) {
        const QPointer<Delivery> self(this);
        const QByteArrayList events = m_events.read(bytes);
        for (const QByteArray &event : events) {
            if (self && !m_isFinished)
                takeMessage(event);
        }
        return;
    }
    m_body += bytes;
    if (m_body.size() > LongestBody)
        giveUp(u"Bricktray's answer is too long to be passed on."_s);
}

void Delivery::takeMessage(const QByteArray &text)
{
    const std::optional<Message> message = readMessage(text);
    if (!message || isHeldBack(*message))
        return;
    Q_EMIT arrived(message->line);
    for (const QJsonObject &one : message->messages) {
        if (one.contains("method"_L1))
            continue;
        remove(one.value("id"_L1), &m_unanswered);
        Q_EMIT answered(one);
    }
}

/// That a subscription is acknowledged once more, and that the application ends it before it goes itself.
bool Delivery::isHeldBack(const Message &message)
{
    const QJsonObject &first = message.messages.first();
    if (!m_outgoing.isSubscription())
        return false;
    if (first.value("method"_L1) == Mcp::MethodName::Acknowledged) {
        m_retry.reset();
        return std::exchange(m_isAcknowledged, true);
    }
    return m_isAcknowledged && first.contains("result"_L1) && awaits(first.value("id"_L1));
}

void Delivery::onEnded(HttpCall::End end)
{
    const AnswerHead head = m_call->head();
    if (end == HttpCall::End::Complete && !head.isEventStream())
        takeAnswer();
    if (goesOn(end)) {
        interrupt();
    } else if (end == HttpCall::End::NeverSent) {
        std::exchange(m_call, nullptr)->deleteLater();
        Q_EMIT neverSent();
    } else if (head.status < 400) {
        giveUp(u"The connection to Bricktray broke before the answer was there: it was quit or started anew. What was "
               "asked may or may not have been done: look before you ask again."_s);
    } else {
        const QString words = refusalWords(head.status, m_body);
        if (m_outgoing.ids.isEmpty())
            Q_EMIT refused(words);
        giveUp(words);
    }
}

/// Opening a subscription changes nothing, so it may be sent again even if it may have arrived.
bool Delivery::goesOn(HttpCall::End end) const
{
    const bool wasOpen = end != HttpCall::End::NeverSent && m_call->head().status < 400;
    return m_outgoing.isSubscription() && !m_unanswered.isEmpty() && (wasOpen || m_isInterrupted);
}

void Delivery::interrupt()
{
    std::exchange(m_call, nullptr)->deleteLater();
    m_events = {};
    m_body.clear();
    m_isInterrupted = true;
    postpone();
}

void Delivery::postpone()
{
    m_retry.retry();
}

void Delivery::takeAnswer()
{
    const std::optional<Message> message = readMessage(m_body);
    // Nobody is answered who did not ask.
    const bool isNotification = m_outgoing.ids.isEmpty() && !m_outgoing.method.isEmpty();
    if (!message || isNotification)
        return;
    QJsonObject first = message->messages.first();
    const bool isNameless = message->messages.size() == 1 && m_unanswered.size() == 1 && !first.contains("id"_L1);
    if (isNameless) // an error that names no request is about the only one there is
        first.insert("id"_L1, m_unanswered.first());
    takeMessage(isNameless ? QJsonDocument(first).toJson(QJsonDocument::Compact) : m_body);
}

void Delivery::giveUp(const QString &reason)
{
    const QJsonArray unanswered = std::exchange(m_unanswered, {});
    for (const QJsonValue &id : unanswered)
        Q_EMIT arrived(errorLine(id, reason));
    finish();
}

void Delivery::forget(const QJsonValue &id)
{
    remove(id, &m_unanswered);
}

void Delivery::drop()
{
    m_unanswered = {};
    finish();
}

void Delivery::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    if (m_call) {
        m_call->close();
        m_call->deleteLater();
    }
    m_retry.stop();
    Q_EMIT finished();
}

} // namespace Stdio
