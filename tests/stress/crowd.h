#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QTcpSocket>

#include <memory>
#include <vector>

/// A whole answer: its status, and the messages of its body or event stream.
struct CrowdAnswer
{
    int status = 0;
    QList<QJsonObject> messages;

    QJsonObject last() const { return messages.isEmpty() ? QJsonObject() : messages.last(); }
    /// What echo and its kin give back.
    QString text() const;
};

/// One of many clients on a raw connection: sends what it is told once it is connected, and cuts what comes into
/// answers.
class CrowdClient
{
public:
    explicit CrowdClient(quint16 port);

    void send(const QByteArray &bytes);
    QByteArray asked; ///< what was sent last
    /// The next whole answer; status 0 where there is none yet.
    CrowdAnswer take();
    /// The events of the stream that has begun, without taking them.
    QList<QJsonObject> events() const;
    bool isConnected() const { return socket.state() == QAbstractSocket::ConnectedState; }
    bool isGone() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QTcpSocket socket;
    QByteArray received;

private:
    QByteArray m_unsent;
};

using Crowd = std::vector<std::unique_ptr<CrowdClient>>;

Crowd crowdOf(int count, quint16 port);

/// A tools/call as a client of 2025-11-25 posts it; with a progress token it is answered on a stream.
QByteArray callRequest(int id, const QByteArray &tool, const QByteArray &arguments, bool wantsProgress = false);
QByteArray getRequest();
