#pragma once

#include "sample/server/sampleworkspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

#include <memory>

/// What came back, over real HTTP.
struct Answer
{
    int status = 0;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QList<QNetworkReply::RawHeaderPair> headers;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString text(QLatin1StringView key) const { return json().value(key).toString(); }
    QString errorCode() const { return text(QLatin1StringView("error_code")); }
    QString message() const { return text(QLatin1StringView("message")); }
    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
};

/// Asks a sample workspace as any client would, and waits for the answer.
class WorkspaceClient
{
public:
    explicit WorkspaceClient(const QUrl &host, QByteArray credential)
        : m_host(host)
        , m_credential(std::move(credential))
    {}

    Answer get(const QString &path, const QUrlQuery &query = {}) { return send("GET", path, query, {}); }
    Answer post(const QString &path, const QJsonObject &json) { return send("POST", path, {}, bytes(json)); }
    Answer post(const QString &path, const QByteArray &body) { return send("POST", path, {}, body); }
    Answer remove(const QString &path) { return send("DELETE", path, {}, {}); }
    Answer send(const QByteArray &method, const QString &path, const QUrlQuery &query, const QByteArray &body)
    {
        QUrl url = m_host;
        url.setPath(path);
        url.setQuery(query);
        QNetworkRequest request(url);
        if (!m_credential.isEmpty())
            request.setRawHeader("Authorization", m_credential);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished() && !finished.wait(5000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(), reply->error(),
                reply->rawHeaderPairs()};
    }

    /// Everything that comes back to a GET until the connection closes, without a client's second tries.
    QByteArray rawGet(const QString &path)
    {
        QTcpSocket socket;
        socket.connectToHost(m_host.host(), quint16(m_host.port()));
        socket.write("GET " + path.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + m_credential +
                     "\r\n\r\n");
        QSignalSpy closed(&socket, &QTcpSocket::disconnected);
        if (!closed.wait(5000))
            return "not closed";
        return socket.readAll();
    }

    static QByteArray bytes(const QJsonObject &json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

private:
    const QUrl m_host;
    const QByteArray m_credential;
    QNetworkAccessManager m_network;
};
