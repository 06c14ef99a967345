#pragma once

#include "http/exchange.h"

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

/// An exchange without a connection: what it is asked to send is kept.
class RecordingExchange final : public Http::Exchange
{
    Q_OBJECT

public:
    explicit RecordingExchange(const QByteArray &body, const Http::Headers &headers = {}, quint64 connection = 1)
        : m_connection(connection)
    {
        m_request.head.method = "POST";
        m_request.head.target = "/mcp";
        m_request.head.headers = headers;
        if (m_request.head.header("Accept").isNull())
            m_request.head.headers << std::pair<QByteArray, QByteArray>("Accept",
                                                                        "application/json, text/event-stream");
        m_request.body = body;
    }

    void setTarget(const QByteArray &target) { m_request.head.target = target; }
    void setMethod(const QByteArray &method) { m_request.head.method = method; }

    /// The client closes the connection.
    void leave()
    {
        left = true;
        Q_EMIT clientLeft();
    }

    const Http::Request &request() const override { return m_request; }
    void respond(Http::Reply answer) override
    {
        if (left)
            return;
        ++replies;
        reply = answer;
        finished = true;
    }
    void abort() override { leave(); }
    void beginStream() override { streaming = true; }
    void sendEvent(const QByteArray &data) override
    {
        if (!left)
            events << data;
    }
    void endStream() override
    {
        ++ends;
        finished = true;
    }
    bool isFinished() const override { return finished || left; }
    bool isStreaming() const override { return streaming; }
    quint64 connectionId() const override { return m_connection; }

    QJsonObject json() const { return QJsonDocument::fromJson(reply.body).object(); }
    QJsonArray jsonArray() const { return QJsonDocument::fromJson(reply.body).array(); }
    QJsonObject event(qsizetype index) const { return QJsonDocument::fromJson(events.value(index)).object(); }

    Http::Reply reply;
    QByteArrayList events;
    int replies = 0;
    int ends = 0;
    bool streaming = false;
    bool finished = false;
    bool left = false;

private:
    Http::Request m_request;
    quint64 m_connection;
};
