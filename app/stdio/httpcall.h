#pragma once

#include "instance/serveraccess.h"
#include "stdio/outgoing.h"

#include <QByteArray>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Stdio {

/// The head of an answer, as far as the relay cares.
struct AnswerHead
{
    int status = 0;
    QByteArray contentType = {}; ///< in lower case, without parameters
    qint64 contentLength = -1;   ///< in bytes; -1: up to the end of the connection

    bool isEventStream() const { return contentType == "text/event-stream"; }
};

/// Reads a head up to its empty line; nothing where it is not one of HTTP/1.
std::optional<AnswerHead> readAnswerHead(const QByteArray &head);

/// One request to the application, on a connection of its own. QNetworkAccessManager would not do: it lets six requests
/// to a host run at once, of which an event stream is one, and repeats a POST by itself when the connection breaks.
/// The request is HTTP/1.0, so that an answer ends with its length or its connection.
class HttpCall : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpCall)

public:
    enum class End {
        Complete,
        NeverSent, ///< there was no connection: nothing has reached the application
        CutOff     ///< the connection broke; the application may or may not have acted
    };

    struct Request
    {
        QByteArray method;
        Headers headers = {};
        QByteArray body = {};
    };

    HttpCall(const Instance::ServerAccess &server, const Request &request, QObject *parent);

    /// Of the answer; its status is 0 until it is there.
    const AnswerHead &head() const { return m_head; }
    /// Ends the connection at once and without a signal.
    void close();

Q_SIGNALS:
    void headArrived();
    void bodyArrived(const QByteArray &bytes);
    /// The last signal.
    void ended(Stdio::HttpCall::End end);

private:
    void onReadyRead();
    bool takeHead();
    void onGone();
    void finish(End end);

    QTcpSocket m_socket;
    QByteArray m_unsent;
    QByteArray m_received; ///< of the head
    AnswerHead m_head;
    qint64 m_bodySize = 0;
    bool m_wasConnected = false;
    bool m_isFinished = false;
};

/// Says when to try again what has failed: soon, and each time after twice as long.
class RetryTimer : public QTimer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RetryTimer)

public:
    explicit RetryTimer(QObject *parent = nullptr);

    void retry();
    /// It has worked: the next failure is the first one.
    void reset();

private:
    std::chrono::milliseconds m_pause;
};

} // namespace Stdio
